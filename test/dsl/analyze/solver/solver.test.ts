import { endsWithAVerdict } from '../prove/command.ts';
import { keepsTenantsApart } from '../prove/isolation.ts';
import { neverContradicts } from './differential.ts';
import { projectionIsSound } from './projection.ts';
import { answersByProof } from './samples.ts';
import { theSolver } from './the-solver.ts';

describe('the solver', () => {
  const the = theSolver();
  answersByProof(the);
  neverContradicts(the);
  projectionIsSound(the);
  describe('proves of tenants', () => keepsTenantsApart(the));
  describe('as a command', endsWithAVerdict);
});

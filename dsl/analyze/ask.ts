import { answerByEnumeration } from './enumerate/oracle.ts';
import { candidatesOf } from './scope/candidates.ts';
import { answerByScopes } from './scope/oracle.ts';
import type { Answer, Oracle, Question } from './verdict.ts';
import { poolOf } from './world/pool.ts';

/** Requests tried where a solver can settle what they do not find, and where none can. */
const FEW = 60;
const MANY = 200;

/**
 * Asks whoever can answer, the cheapest first: the scopes, then requests that are tried with the engine, then the solver
 * where there is one. Without it, what was not found is "sampled".
 */
export function asking(solver?: Oracle): Oracle {
  return {
    ...(solver?.solver !== undefined && { solver: solver.solver }),
    async find(question: Question): Promise<Answer> {
      const pool = poolOf(question.premises.flatMap(({ policies }) => policies));
      const candidates = candidatesOf(question, pool);
      const byScopes = answerByScopes(question, candidates, pool);
      if (byScopes) return byScopes;
      const tried = answerByEnumeration(question, candidates.found, pool, solver ? FEW : MANY);
      return tried.kind === 'found' || !solver ? tried : solver.find(question);
    },
  };
}

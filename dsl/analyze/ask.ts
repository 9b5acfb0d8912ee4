import { answerByEnumeration } from './enumerate/oracle.ts';
import { candidatesOf } from './scope/candidates.ts';
import { answerByScopes } from './scope/oracle.ts';
import type { Answer, Oracle, Question } from './verdict.ts';
import { poolOf } from './world/pool.ts';

/** Requests tried where nobody can prove anything. */
const MANY = 200;

/**
 * Asks whoever can answer, the cheapest first: the scopes, then the solver where there is one, and where it has no
 * answer requests that are tried with the engine. Without a solver, what these do not find is "sampled"; with one it is
 * as unknown as the solver says, and why.
 */
export function asking(solver?: Oracle): Oracle {
  return {
    ...(solver?.solver !== undefined && { solver: solver.solver }),
    async find(question: Question): Promise<Answer> {
      const pool = poolOf(question.premises.flatMap(({ policies }) => policies));
      const candidates = candidatesOf(question, pool);
      const byScopes = answerByScopes(question, candidates, pool);
      if (byScopes) return byScopes;
      const bySolver = await solver?.find(question);
      if (bySolver && bySolver.kind !== 'unknown') return bySolver;
      const tried = answerByEnumeration(question, candidates.found, pool, MANY);
      return tried.kind === 'found' || !bySolver ? tried : bySolver;
    },
  };
}

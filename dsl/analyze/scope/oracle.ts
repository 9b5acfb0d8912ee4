import { prepareCheck } from '../holds.ts';
import type { Answer, Question } from '../verdict.ts';
import { build, plainest } from '../world/build.ts';
import type { Pool } from '../world/pool.ts';
import { requestOf } from '../world/world.ts';
import type { Candidates } from './candidates.ts';

/**
 * What the scopes alone say: exact where no condition decides, nothing where one may. What is found has been asked of
 * the engine.
 */
export function answerByScopes(
  question: Question,
  { found, complete }: Candidates,
  pool: Pool,
): Answer | undefined {
  if (complete && found.length === 0) return { kind: 'none', how: { kind: 'proved', by: 'scopes' } };
  const holds = prepareCheck(question.premises, question.semantics);
  for (const { skeleton } of found.filter(({ exact }) => exact)) {
    const request = requestOf(build(question, skeleton, pool, plainest).world, question.environment);
    if (request && holds(request)) return { kind: 'found', request };
  }
  return undefined;
}

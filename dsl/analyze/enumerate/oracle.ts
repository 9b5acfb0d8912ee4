import type { AuthorizationRequest } from '../../../cedar/engine.ts';
import { prepareCheck } from '../holds.ts';
import type { Candidate } from '../scope/candidates.ts';
import type { Answer, Question } from '../verdict.ts';
import { build, plainest, type Skeleton } from '../world/build.ts';
import type { Pool } from '../world/pool.ts';
import { requestOf } from '../world/world.ts';
import { waysTo } from './aims.ts';
import { apply } from './apply.ts';
import { choices } from './random.ts';

/**
 * Tries requests one by one with the engine: made to meet what the candidates want, from values that the policies name
 * and their neighbours. Finds, and says how often it did not; "none" is no proof.
 */
export function answerByEnumeration(
  question: Question,
  candidates: readonly Candidate[],
  pool: Pool,
  most: number,
): Answer {
  const holds = prepareCheck(question.premises, question.semantics);
  const tried = new Set<string>();
  const rounds = Math.max(1, Math.ceil(most / Math.max(1, candidates.length)));
  for (let round = 0; round < rounds; round += 1) {
    for (const candidate of candidates) {
      if (tried.size >= most) break;
      const request = attempt(question, candidate, pool, round);
      if (!request) continue;
      const key = JSON.stringify(request);
      if (tried.has(key)) continue;
      tried.add(key);
      if (holds(request)) return { kind: 'found', request };
    }
  }
  return { kind: 'none', how: { kind: 'sampled', requests: tried.size } };
}

/** The first attempts are plain worlds with what is wanted and nothing else; later ones vary all the rest. */
function attempt(
  question: Question,
  { skeleton, wanted }: Candidate,
  pool: Pool,
  round: number,
): AuthorizationRequest | undefined {
  const choose = choices(round);
  const builder = build(question, variant(question, skeleton, round), pool, round < 3 ? plainest : choose);
  // What must match comes last: it counts more than what must not.
  const aims = [...wanted].sort(([, a], [, b]) => Number(a) - Number(b));
  for (const [policy, match] of aims) {
    const ways = waysTo(policy, match);
    const way = ways[round] ?? (ways.length > 0 ? choose(ways) : []);
    apply(way, builder, question);
  }
  return requestOf(builder.world, question.environment);
}

/** Every third time who asks is also what is asked about, where that can be. */
function variant({ environment, principalIn }: Question, skeleton: Skeleton, round: number): Skeleton {
  if (round % 3 !== 2 || environment.principal !== environment.resource || principalIn) return skeleton;
  const { principal, resource, parents } = skeleton;
  if (resource.id === principal.id || parents.some(([of]) => of.id === resource.id)) return skeleton;
  return { ...skeleton, resource: principal };
}

import { isDeepStrictEqual } from 'node:util';
import type { Policy } from './ast.ts';
import type { GatewayFacts } from './gateway-facts.ts';
import { mayErr } from './may-err.ts';
import { projectPolicy } from './project.ts';

/**
 * What is known when a token is issued: who will ask, and what they may ask for, but of no request neither the resource
 * nor the context. An Endpoint is its operation, so it is known.
 */
export const tokenFacts = (facts: GatewayFacts): GatewayFacts => ({
  ...facts,
  actions: facts.actions.map((action) => ({
    ...action,
    resourceId: action.resourceId && action.resources.every((type) => type === facts.endpointType),
    context: new Map(),
    unknownContext: new Set(action.context.keys()),
  })),
});

/** Whether a gateway policy decides by the principal and the action alone, so that a token can carry its answers. */
export const isStable = (policy: Policy, facts: GatewayFacts): boolean =>
  isDeepStrictEqual(projectPolicy(policy, tokenFacts(facts)), policy) &&
  isDeepStrictEqual(certainPart(policy, facts), policy);

/**
 * The part of a gateway policy by which permissions can be granted in advance: a permit only where it is true whatever
 * the request, a forbid wherever it may be true. A stable policy is its own certain part. Of one that is not, and may
 * fail on a request, nothing can be granted in its whole scope: a decision that carries an error is a deny.
 */
export function certainPart(policy: Policy, facts: GatewayFacts): Policy | undefined {
  // Projection keeps what may be true of a permit and what must be of a forbid: here it is the other way round.
  const other = policy.effect === 'permit' ? 'forbid' : 'permit';
  const known = tokenFacts(facts);
  const projected = projectPolicy({ ...policy, effect: other }, known);
  const certain = projected && { ...projected, effect: policy.effect };
  if (!mayErr(policy) || isDeepStrictEqual(certain, policy)) return certain;
  const anywhere = projectPolicy({ ...policy, effect: 'permit', clauses: [] }, known);
  return anywhere && { ...anywhere, effect: 'forbid' };
}

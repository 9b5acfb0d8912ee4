import type { Policy } from '../../cedar/ast.ts';
import { type AuthorizationRequest, type AuthorizationResult, preparePolicies } from '../../cedar/engine.ts';
import { printPolicy } from '../../cedar/print.ts';

/** What the real engine answers for a policy set. */
export const ask = (policies: readonly Policy[], request: AuthorizationRequest): AuthorizationResult => {
  const texts = policies.map((policy) => ({ id: policy.id, text: printPolicy(policy, { prefix: '' }) }));
  return preparePolicies('asked by a test', texts).authorize(request);
};

/** The same policies with ids that tell them apart. */
export const numbered = (policies: readonly Policy[]): Policy[] =>
  policies.map((policy, i) => ({ ...policy, id: `p-${i}` }));

import type { Policy } from '../../cedar/ast.ts';
import { type AuthorizationRequest, type AuthorizationResult, preparePolicies } from '../../cedar/engine.ts';
import { printPolicy } from '../../cedar/print.ts';

/** Asks the real engine about a policy set. Sets that are asked in turn need names of their own, to be parsed once. */
export const asking = (
  name: string,
  policies: readonly Policy[],
): ((request: AuthorizationRequest) => AuthorizationResult) => {
  const texts = policies.map((policy) => ({ id: policy.id, text: printPolicy(policy, { prefix: '' }) }));
  return preparePolicies(name, texts).authorize;
};

/** The same policies with ids that tell them apart. */
export const numbered = (policies: readonly Policy[]): Policy[] =>
  policies.map((policy, i) => ({ ...policy, id: `p-${i}` }));

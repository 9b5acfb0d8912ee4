import type { Policy } from '../../cedar/ast.ts';
import {
  type AuthorizationRequest,
  type AuthorizationResult,
  enforced,
  preparePolicies,
} from '../../cedar/engine.ts';
import { printPolicy } from '../../cedar/print.ts';
import type { Premise, Semantics } from './verdict.ts';

/** The decision that is meant. */
export const decisionOf = (result: AuthorizationResult, semantics: Semantics): 'allow' | 'deny' =>
  semantics === 'enforced' ? enforced(result) : result.decision;

/** Texts of policies, which analysis asks about over and over. */
const texts = new WeakMap<Policy, string>();

/** A policy as the engine is asked about it: annotations decide nothing. */
export const decidingText = (policy: Policy): string => {
  const known = texts.get(policy);
  if (known !== undefined) return known;
  const text = printPolicy({ ...policy, annotations: {} }, { prefix: '' });
  texts.set(policy, text);
  return text;
};

/**
 * Asks Cedar's engine whether a request meets all premises. Every request that is shown to anybody has been through it.
 */
export function prepareCheck(
  premises: readonly Premise[],
  semantics: Semantics,
): (request: AuthorizationRequest) => boolean {
  const prepared = premises.map(({ policies, decision }, index) => ({
    decision,
    set: preparePolicies(
      `analysis premise ${index}`,
      policies.map((policy, place) => ({ id: `${place}`, text: decidingText(policy) })),
    ),
  }));
  return (request) =>
    prepared.every(({ decision, set }) => decisionOf(set.authorize(request), semantics) === decision);
}

import type { Policy, Site } from '../../cedar/ast.ts';
import { actionsAsked } from '../../cedar/part-of-schema.ts';
import { PolicyError } from '../../cedar/policy-error.ts';
import { printLocated, printPolicy, type Span } from '../../cedar/print.ts';
import type { PolicyTexts } from './findings.ts';
import { printable } from './printable.ts';
import type { Problem } from './problem.ts';

/** A policy with its Cedar text and the way from the text back to the source. */
export interface Printed extends PolicyTexts {
  readonly policy: Policy;
  readonly guardrail: boolean;
  readonly site: Site;
  readonly spans: readonly Span[];
}

/** `prefix`: the tenant's slug. Policies that have no Cedar text are among the problems. */
export function printAll(
  policies: readonly Policy[],
  options: { readonly prefix: string; readonly guardrail: boolean; readonly at: Site },
): { readonly printed: readonly Printed[]; readonly problems: readonly Problem[] } {
  const printed: Printed[] = [];
  const problems: Problem[] = [];
  const { guardrail, prefix, at } = options;
  for (const policy of policies) {
    const site = policy.at ?? at;
    try {
      const unprefixed = printPolicy(policy, { prefix: '' });
      printed.push({
        policy,
        guardrail,
        site,
        unprefixed,
        actions: actionsAsked(policy),
        ...printLocated(policy, { prefix }),
      });
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      const { code, message, remedy } = error;
      problems.push({ site: error.site ?? site, code, message: printable(message), remedy });
    }
  }
  return { printed, problems };
}

import { siteAt } from '../../cedar/located.ts';
import type { Finding } from '../../cedar/validate.ts';
import type { StoreSchema } from '../tenants/tenant.ts';
import { findingsOf } from './findings.ts';
import type { Printed } from './printed.ts';
import { printable } from './printable.ts';
import type { Problem } from './problem.ts';

const REMEDIES: Partial<Record<Finding['code'], string>> = {
  UNKNOWN_ATTRIBUTE: 'use an attribute that the editor offers',
  UNSAFE_ACCESS: 'test for it first: .has((value) => …)',
  ACTION_NEVER_APPLIES: 'choose an action that applies to this principal and resource',
  IMPOSSIBLE_POLICY: 'no request can ever match: correct the condition, or remove the policy',
};

/** Of a guardrail these mean that the schema alone enforces it already. */
export const NEVER_MATCHES: ReadonlySet<Finding['code']> = new Set([
  'IMPOSSIBLE_POLICY',
  'ACTION_NEVER_APPLIES',
]);

export interface Validated {
  readonly problems: readonly Problem[];
  /** Ids of guardrails that can never match. A store would refuse them. */
  readonly enforcedBySchema: ReadonlySet<string>;
}

/** Validates strictly, as Verified Permissions does, with each mistake at the smallest piece of source around it. */
export function validatePrinted(printed: readonly Printed[], schema: StoreSchema): Validated {
  const problems: Problem[] = [];
  const enforcedBySchema = new Set<string>();
  for (const each of printed) {
    for (const finding of findingsOf(schema, each)) {
      // Verified Permissions takes what the engine only warns of, except for the two that count as errors already.
      if (finding.severity === 'warning') continue;
      if (each.guardrail && NEVER_MATCHES.has(finding.code)) enforcedBySchema.add(each.policy.id);
      else problems.push(problemOf(finding, each));
    }
  }
  return { problems, enforcedBySchema };
}

function problemOf(
  { code, message, help, start, end }: Omit<Finding, 'policyId'>,
  { policy, site, ...printed }: Printed,
): Problem {
  return {
    site: siteAt(printed, start, end) ?? site,
    code,
    message: `${printable(message)}, in "${policy.id}"`,
    remedy: REMEDIES[code] ?? (help === undefined ? 'correct the policy' : printable(help)),
  };
}

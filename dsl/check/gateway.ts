import type { Policy } from '../../cedar/ast.ts';
import type { GatewayFacts } from '../../cedar/gateway-facts.ts';
import { actionsAsked } from '../../cedar/part-of-schema.ts';
import { printPolicy } from '../../cedar/print.ts';
import { projectPolicy } from '../../cedar/project.ts';
import type { StoreSchema } from '../tenants/tenant.ts';
import { findingsOf, type PolicyTexts } from './findings.ts';
import type { Printed } from './printed.ts';
import { printable } from './printable.ts';
import type { Problem } from './problem.ts';

/** The part of a policy that the gateway enforces. */
export interface Projected extends PolicyTexts {
  readonly of: Printed;
  readonly policy: Policy;
}

/** Policies must validate strictly. Some have no part that the gateway enforces. */
export function projectAll(
  printed: readonly Printed[],
  { facts, prefix }: { readonly facts: GatewayFacts; readonly prefix: string },
): Projected[] {
  return printed.flatMap((of) => {
    const projected = projectPolicy(of.policy, facts);
    if (!projected) return [];
    return [
      {
        of,
        policy: projected,
        text: printPolicy(projected, { prefix }),
        unprefixed: printPolicy(projected, { prefix: '' }),
        actions: actionsAsked(projected),
      },
    ];
  });
}

/**
 * What the gateway enforces of each policy must be valid in the schema that has only the gateway's facts: the proof
 * that it reads no other. It always is; if not, the projection is wrong, and the gateway's store would refuse it.
 */
export function gatewayProblems(projected: readonly Projected[], schema: StoreSchema): Problem[] {
  return projected.flatMap(({ of: { site }, policy, ...texts }) =>
    findingsOf(schema, texts)
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => ({
        site,
        code: 'GATEWAY_PROJECTION',
        message: `internal error: the part of "${policy.id}" that the gateway enforces is invalid: ${printable(message)}`,
        remedy: 'the policy is right; report this, and write it differently until it is mended',
      })),
  );
}

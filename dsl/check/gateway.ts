import type { GatewayFacts } from '../../cedar/gateway-facts.ts';
import { printPolicy } from '../../cedar/print.ts';
import { projectPolicy } from '../../cedar/project.ts';
import { validate } from '../../cedar/validate.ts';
import type { Printed } from './printed.ts';
import { printable } from './printable.ts';
import type { Problem } from './problem.ts';

/**
 * What the gateway enforces of each policy must be valid in the schema that has only the gateway's facts: the proof
 * that it reads no other. It always is; if not, the projection is wrong, and the gateway's store would refuse it.
 */
export function gatewayProblems(
  printed: readonly Printed[],
  options: { readonly schema: object; readonly facts: GatewayFacts; readonly prefix: string },
): Problem[] {
  const { schema, facts, prefix } = options;
  const policies: Record<string, string> = {};
  for (const { policy } of printed) {
    const projected = projectPolicy(policy, facts);
    if (projected) policies[policy.id] = printPolicy(projected, { prefix });
  }
  return validate({ schema, policies })
    .filter(({ severity }) => severity === 'error')
    .flatMap(({ policyId, message }) =>
      printed
        .filter(({ policy }) => policy.id === policyId)
        .map(({ site }) => ({
          site,
          code: 'GATEWAY_PROJECTION',
          message: `internal error: the part of "${policyId}" that the gateway enforces is invalid: ${printable(message)}`,
          remedy: 'the policy is right; report this, and write it differently until it is mended',
        })),
    );
}

import type { Policy, Site } from '../../cedar/ast.ts';
import { LIMITS, utf8Bytes } from '../../cedar/limits.ts';
import type { Printed } from './printed.ts';
import type { Problem } from './problem.ts';

const figure = (value: number): string => value.toLocaleString('en-US');

/** Policies beyond what a store takes: one alone, or all that name the same resource together. */
export function policyLimits(printed: readonly Printed[], at: Site): Problem[] {
  const tooLong = printed.flatMap(({ policy, text, site }): Problem[] => {
    const bytes = utf8Bytes(text);
    return bytes <= LIMITS.policyBytes
      ? []
      : [
          {
            site,
            code: 'POLICY_TOO_LONG',
            message: `"${policy.id}" has ${figure(bytes)} bytes, the limit is ${figure(LIMITS.policyBytes)}`,
            remedy: 'split it into several policies',
          },
        ];
  });
  const tooMany = [...bytesPerResource(printed)]
    .filter(([, bytes]) => bytes > LIMITS.policyBytesPerResource)
    .map(([resource, bytes]) => ({
      site: at,
      code: 'TOO_MANY_POLICIES',
      message: `the policies that name ${resource} have ${figure(bytes)} bytes, the limit is ${figure(LIMITS.policyBytesPerResource)}`,
      remedy:
        'combine policies, for example several actions in one, or a group in place of single principals',
    }));
  return [...tooLong, ...tooMany];
}

/** A schema beyond what a store takes. The API's own part was measured when it was generated. */
export function schemaLimit(cedarJson: string, at: Site): Problem[] {
  const bytes = utf8Bytes(cedarJson);
  if (bytes <= LIMITS.schemaBytes) return [];
  return [
    {
      site: at,
      code: 'SCHEMA_TOO_LONG',
      message: `the tenant's schema has ${figure(bytes)} bytes, the limit is ${figure(LIMITS.schemaBytes)}`,
      remedy: 'add fewer attributes, or split the API',
    },
  ];
}

function bytesPerResource(printed: readonly Printed[]): Map<string, number> {
  const buckets = new Map<string, number>();
  for (const { policy, text } of printed) {
    const resource = resourceOf(policy);
    const bytes = utf8Bytes(text) + LIMITS.policyOverheadBytes;
    buckets.set(resource, (buckets.get(resource) ?? 0) + bytes);
  }
  return buckets;
}

const resourceOf = ({ resource }: Policy): string =>
  'entity' in resource && !('slot' in resource.entity)
    ? `${resource.entity.type}::"${resource.entity.id}"`
    : 'no single resource';

import { isDeepStrictEqual } from 'node:util';
import type { Printed } from './printed.ts';
import type { Problem } from './problem.ts';

type Listed = Pick<Printed, 'policy' | 'site'>;

/** Ids that are used twice in a tenant, guardrails included, with both places. */
export function duplicateIds(printed: readonly Listed[]): Problem[] {
  const first = new Map<string, Listed>();
  return printed.flatMap((each): Problem[] => {
    const { policy, site } = each;
    const earlier = first.get(policy.id)?.site;
    if (!earlier) {
      first.set(policy.id, each);
      return [];
    }
    if (isDeepStrictEqual(earlier, site)) {
      return [
        {
          site,
          code: 'DUPLICATE_ID',
          message: `"${policy.id}" is in the list of policies twice`,
          remedy: 'list each policy once',
        },
      ];
    }
    return [
      {
        site,
        code: 'DUPLICATE_ID',
        message: `the id "${policy.id}" is used already at ${earlier.file}:${earlier.line}:${earlier.column}`,
        remedy: 'give each policy an id of its own',
      },
    ];
  });
}

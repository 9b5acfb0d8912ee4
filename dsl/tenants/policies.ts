import type { Policy, Site } from '../../cedar/ast.ts';
import { GROUP_TYPE } from '../../cedar/model.ts';
import { type Problem, ProblemsError } from '../check/problem.ts';
import { BuilderError } from '../policy/builder-error.ts';
import { policyOf } from '../policy/policy-of.ts';

/** Policies and the mistakes made in the others. */
export interface Collected {
  readonly policies: readonly Policy[];
  readonly problems: readonly Problem[];
}

/**
 * Runs a file's callback and takes the policies it lists, each mistake to the list of problems. `at`: the place for a
 * mistake that has none. Errors that are not ours (`undefined is not a function`) pass through.
 */
export function collect(list: () => readonly unknown[], at: Site): Collected {
  const outcomes = listed(list, at).map((builder): Policy | readonly Problem[] => {
    try {
      return policyOf(builder);
    } catch (error) {
      if (error instanceof ProblemsError) return error.problems.map((problem) => ({ site: at, ...problem }));
      throw error;
    }
  });
  return {
    policies: outcomes.filter((outcome) => 'effect' in outcome),
    problems: outcomes.flatMap((outcome) => ('effect' in outcome ? [] : outcome)),
  };
}

function listed(list: () => readonly unknown[], at: Site): readonly unknown[] {
  try {
    const policies = list();
    if (Array.isArray(policies)) return policies;
  } catch (error) {
    if (error instanceof BuilderError) throw new ProblemsError([error.problem]);
    throw error;
  }
  throw new ProblemsError([
    {
      site: at,
      code: 'NO_LIST',
      message: 'the policies are no list',
      remedy: 'return an array: ({ permit }) => [permit()…]',
    },
  ]);
}

/** Policies that name a group which this tenant does not have: another tenant's, taken along with its policy. */
export function foreignGroups(policies: readonly Policy[], isGroup: (name: string) => boolean): Problem[] {
  return policies.flatMap((policy) =>
    [...new Set(groupsIn(policy))]
      .filter((name) => !isGroup(name))
      .map((name) => ({
        ...(policy.at && { site: policy.at }),
        code: 'FOREIGN_GROUP',
        message: `the policy "${policy.id}" names "${name}", a group of another tenant`,
        remedy: 'add it to the groups of this tenant, or write a policy of its own',
      })),
  );
}

/** The names of all groups in a part of a policy. A plain loop, because this runs cold for each tenant. */
function groupsIn(part: unknown, found: string[] = []): readonly string[] {
  if (typeof part !== 'object' || part === null) return found;
  if ('owned' in part && 'type' in part && 'id' in part && typeof part.id === 'string') {
    if (String(part.type).endsWith(`::${GROUP_TYPE}`)) found.push(part.id);
    return found;
  }
  for (const [name, inner] of Object.entries(part)) if (name !== 'at') groupsIn(inner, found);
  return found;
}

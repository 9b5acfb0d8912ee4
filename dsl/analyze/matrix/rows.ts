import type { EntityUid } from '../../../cedar/ast.ts';
import { entityKey } from '../../../cedar/slice.ts';
import { namedEntities } from '../named-entities.ts';
import type { PolicySet } from '../policy-set.ts';

/** The groups that somebody is in, sorted. */
export type Groups = readonly EntityUid[];

/**
 * The combinations of groups that a principal type has a row for: none, each alone, and each combination that one
 * policy names.
 */
export function rowsOf(set: PolicySet, principal: string): Groups[] {
  const above = set.schema.entityTypes.get(principal)?.ancestors ?? new Set();
  const named = set.policies
    .filter(({ guardrail }) => !guardrail)
    .map(({ policy }) => [...namedEntities(policy).values()].filter(({ type }) => above.has(type)));
  const known = new Map([...(set.groups ?? []), ...named.flat()].map((group) => [entityKey(group), group]));
  const single = [...known.values()].filter(({ type }) => above.has(type)).map((group) => [group]);
  const combined = named.filter((groups) => groups.length > 1).map(sorted);
  const rows = new Map([[], ...single, ...combined].map((groups) => [keyOf(groups), groups]));
  return [...rows.values()].sort(
    (a, b) => a.length - b.length || (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0),
  );
}

const sorted = (groups: Groups): Groups =>
  groups.toSorted((a, b) => (entityKey(a) < entityKey(b) ? -1 : entityKey(a) > entityKey(b) ? 1 : 0));

const keyOf = (groups: Groups): string => groups.map(entityKey).join(' ');

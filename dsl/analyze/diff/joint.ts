import type { ValueType } from '../../../cedar/model.ts';
import { entityKey } from '../../../cedar/slice.ts';
import type { ActionShape, Attributes, EntityShape, Schema } from '../schema.ts';

/** A schema for requests that two versions are both asked about: they have all facts that either knows. */
export interface Joint {
  readonly schema: Schema;
  readonly differences: Differences;
}

/** Where the two schemas do not say the same. Empty where they do. */
export interface Differences {
  /** Names of attributes of another type, or required in one schema and optional in the other. */
  readonly conflicts: ReadonlySet<string>;
  /** Names of attributes, and types that something can be in, that only one schema has. */
  readonly onlyBefore: OneSide;
  readonly onlyAfter: OneSide;
  /** Types whose tags, or whose list of ids, differ. */
  readonly tags: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

export interface OneSide {
  readonly attributes: ReadonlySet<string>;
  readonly ancestors: ReadonlySet<string>;
}

interface Noted {
  readonly conflicts: Set<string>;
  readonly before: { readonly attributes: Set<string>; readonly ancestors: Set<string> };
  readonly after: { readonly attributes: Set<string>; readonly ancestors: Set<string> };
  readonly tags: Set<string>;
  readonly ids: Set<string>;
}

const one = () => ({ attributes: new Set<string>(), ancestors: new Set<string>() });

/** Puts two schemas together. What they disagree about is noted, not decided: see `doubtOf`. */
export function jointSchema(before: Schema, after: Schema): Joint {
  const noted: Noted = {
    conflicts: new Set(),
    before: one(),
    after: one(),
    tags: new Set(),
    ids: new Set(),
  };
  const entityTypes = merged(before.entityTypes, after.entityTypes, (old, fresh, type) =>
    jointType(type, old, fresh, noted),
  );
  const actions = merged(before.actions, after.actions, (old, fresh) => jointAction(old, fresh, noted));
  return {
    schema: { entityTypes, actions, resolved: after.resolved },
    differences: {
      conflicts: noted.conflicts,
      onlyBefore: noted.before,
      onlyAfter: noted.after,
      tags: noted.tags,
      ids: noted.ids,
    },
  };
}

function merged<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  both: (old: T, fresh: T, key: string) => T,
): Map<string, T> {
  const result = new Map(before);
  for (const [key, fresh] of after) {
    const old = before.get(key);
    result.set(key, old ? both(old, fresh, key) : fresh);
  }
  return result;
}

function jointType(type: string, before: EntityShape, after: EntityShape, noted: Noted): EntityShape {
  for (const each of before.ancestors) if (!after.ancestors.has(each)) noted.before.ancestors.add(each);
  for (const each of after.ancestors) if (!before.ancestors.has(each)) noted.after.ancestors.add(each);
  if (textOf(before.tags) !== textOf(after.tags)) noted.tags.add(type);
  if (textOf(before.ids) !== textOf(after.ids)) noted.ids.add(type);
  const tags = after.tags ?? before.tags;
  return {
    attributes: jointAttributes(before.attributes, after.attributes, noted),
    ancestors: new Set([...before.ancestors, ...after.ancestors]),
    ...(tags && { tags }),
    ...(before.ids && after.ids && { ids: [...new Set([...before.ids, ...after.ids])] }),
  };
}

/** Groups of the action are left to each side's own schema: see `decidingIn`. */
const jointAction = (before: ActionShape, after: ActionShape, noted: Noted): ActionShape => ({
  ...after,
  principals: [...new Set([...before.principals, ...after.principals])],
  resources: [...new Set([...before.resources, ...after.resources])],
  context: jointAttributes(before.context, after.context, noted),
});

function jointAttributes(before: Attributes, after: Attributes, noted: Noted): Attributes {
  const result: Record<string, Attributes[string]> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, fresh] = [own(before, name), own(after, name)];
    if (!old) noted.after.attributes.add(name);
    if (!fresh) noted.before.attributes.add(name);
    if (old && fresh && (old.required !== fresh.required || textOf(old.type) !== textOf(fresh.type))) {
      noted.conflicts.add(name);
    }
    const required = old && fresh ? old.required && fresh.required : (old ?? fresh)!.required;
    Object.defineProperty(result, name, {
      value: { type: (fresh ?? old)!.type, required },
      enumerable: true,
    });
  }
  return result;
}

const own = (attributes: Attributes, name: string): Attributes[string] | undefined =>
  Object.hasOwn(attributes, name) ? attributes[name] : undefined;

/** Equal for equal types, whatever the order in which their attributes are declared. */
function textOf(value: ValueType | readonly string[] | undefined): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** Whether two schemas say the same of one action: what it is in. */
export const sameGroups = (before: ActionShape, after: ActionShape): boolean => {
  const keys = (action: ActionShape): string => action.ancestors.map(entityKey).toSorted().join(' ');
  return keys(before) === keys(after);
};

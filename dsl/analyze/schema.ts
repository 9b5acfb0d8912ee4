import type { EntityUid } from '../../cedar/ast.ts';
import { EngineError } from '../../cedar/engine.ts';
import type { Attribute, ValueType } from '../../cedar/model.ts';
import { type ResolvedSchema, resolveSchema } from '../../cedar/resolved-schema.ts';
import { entityKey } from '../../cedar/slice.ts';
import { valueTypes } from './value-types.ts';

export type Attributes = Readonly<Record<string, Attribute>>;

/** An entity type. All type names here are qualified, those in attributes too. */
export interface EntityShape {
  readonly attributes: Attributes;
  /** The type of the values of its tags, where it has tags. */
  readonly tags?: ValueType;
  /** Types that it may be in, at any distance; itself only where the schema says so. */
  readonly ancestors: ReadonlySet<string>;
  /** All ids that there are, of an enumerated type. */
  readonly ids?: readonly string[];
}

export interface ActionShape {
  readonly uid: EntityUid;
  /** All groups that it is in, at any distance. */
  readonly ancestors: readonly EntityUid[];
  readonly principals: readonly string[];
  readonly resources: readonly string[];
  readonly context: Attributes;
}

/** A Cedar schema, resolved. */
export interface Schema {
  readonly entityTypes: ReadonlyMap<string, EntityShape>;
  /** By `entityKey`. Groups too: they apply to nothing. */
  readonly actions: ReadonlyMap<string, ActionShape>;
  /** Cedar's own JSON form. */
  readonly resolved: ResolvedSchema;
}

/** Reads a schema: Cedar's language as text, or its JSON form as an object. @throws {EngineError} when it is none */
export function schemaOf(given: string | object): Schema {
  const result = resolveSchema(given);
  if (!result.ok) throw new EngineError(result.errors.map(({ message }) => message).join('; '));
  return readResolved(result.schema);
}

/** The same of one that the engine has resolved already. */
export function readResolved(resolved: ResolvedSchema): Schema {
  const spaces = Object.entries(resolved);
  const valueOf = valueTypes(spaces);
  const attributesOf = (type: object | undefined): Attributes => {
    const value = type && valueOf(type);
    return value?.kind === 'Record' ? value.attributes : {};
  };
  const entityTypes = new Map<string, EntityShape>();
  const parents = new Map<string, readonly string[]>();
  const actions = new Map<string, ActionShape>();
  const groups = new Map<string, readonly EntityUid[]>();
  for (const [space, namespace] of spaces) {
    for (const [name, type] of Object.entries(namespace.entityTypes)) {
      parents.set(qualified(space, name), 'memberOfTypes' in type ? (type.memberOfTypes ?? []) : []);
    }
    for (const [id, { memberOf = [] }] of Object.entries(namespace.actions)) {
      const above = memberOf.map((uid) => ({ type: uid.type ?? qualified(space, 'Action'), id: uid.id }));
      groups.set(entityKey({ type: qualified(space, 'Action'), id }), above);
    }
  }
  for (const [space, namespace] of spaces) {
    for (const [name, type] of Object.entries(namespace.entityTypes)) {
      const own = qualified(space, name);
      entityTypes.set(own, {
        attributes: attributesOf('shape' in type ? type.shape : undefined),
        ...('tags' in type && { tags: valueOf(type.tags) }),
        ancestors: closure(
          parents.get(own) ?? [],
          (each) => each,
          (each) => parents.get(each) ?? [],
        ),
        ...('enum' in type && { ids: type.enum }),
      });
    }
    for (const [id, { appliesTo }] of Object.entries(namespace.actions)) {
      const uid = { type: qualified(space, 'Action'), id };
      const above = (of: EntityUid): readonly EntityUid[] => groups.get(entityKey(of)) ?? [];
      actions.set(entityKey(uid), {
        uid,
        ancestors: [...closure(above(uid), entityKey, above)],
        principals: appliesTo?.principalTypes ?? [],
        resources: appliesTo?.resourceTypes ?? [],
        context: attributesOf(appliesTo?.context),
      });
    }
  }
  return { entityTypes, actions, resolved };
}

const qualified = (space: string, name: string): string => (space === '' ? name : `${space}::${name}`);

function closure<T>(
  from: readonly T[],
  keyOf: (each: T) => string,
  above: (each: T) => readonly T[],
): ReadonlySet<T> {
  const found = new Map<string, T>();
  const open = [...from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(keyOf(next))) continue;
    found.set(keyOf(next), next);
    open.push(...above(next));
  }
  return new Set(found.values());
}

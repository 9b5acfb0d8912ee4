import type { EntityUid } from '../../../cedar/ast.ts';
import type { CedarJson } from '../../../cedar/engine.ts';
import type { ValueType } from '../../../cedar/model.ts';
import { entityKey } from '../../../cedar/slice.ts';
import type { Environment } from '../environments.ts';
import type { Attributes, Schema } from '../schema.ts';
import type { Pool } from './pool.ts';
import { put } from './put.ts';
import type { Draft, World } from './world.ts';

/** Picks one of several possibilities, of which the first is the plainest. */
export type Choose = <T>(options: readonly T[]) => T;

export const plainest: Choose = ([first]) => first!;

/** What is settled of a world before its values are: who asks, about what, and what they are in. */
export interface Skeleton {
  readonly principal: EntityUid;
  readonly resource: EntityUid;
  /** Direct parents. */
  readonly parents: readonly (readonly [of: EntityUid, parent: EntityUid])[];
}

/** Gives a world its values as it needs them. */
export interface Builder {
  readonly world: World;
  readonly need: (uid: EntityUid) => Draft;
  readonly valueOf: (type: ValueType) => CedarJson;
}

/** A world around a skeleton, in which everything has a value of its type. */
export function build(
  { schema, environment }: { readonly schema: Schema; readonly environment: Environment },
  skeleton: Skeleton,
  pool: Pool,
  choose: Choose,
): Builder {
  const entities = new Map<string, Draft>();
  const candidates = (type: string): readonly EntityUid[] => {
    const ids = schema.entityTypes.get(type)?.ids;
    if (ids) return ids.map((id) => ({ type, id }));
    const known = [...pool.entities, skeleton.principal, skeleton.resource];
    return [{ type, id: 'other' }, ...known.filter((uid) => uid.type === type)];
  };

  function valueOf(type: ValueType): CedarJson {
    switch (type.kind) {
      case 'Set': {
        const size = choose([0, 1, 2]);
        const members = Array.from({ length: size }, () => valueOf(type.of));
        return [...new Map(members.map((member) => [JSON.stringify(member), member])).values()];
      }
      case 'Record':
        return recordOf(type.attributes);
      case 'Entity': {
        const uid = choose(candidates(type.name));
        need(uid);
        return { __entity: { type: uid.type, id: uid.id } };
      }
      default:
        return choose(pool.of[type.kind]);
    }
  }

  function recordOf(attributes: Attributes): Record<string, CedarJson> {
    const record: Record<string, CedarJson> = {};
    fill(record, attributes);
    return record;
  }

  function fill(record: Record<string, CedarJson>, attributes: Attributes): void {
    for (const [name, { type, required }] of Object.entries(attributes)) {
      if (required || choose([false, true])) put(record, name, valueOf(type));
    }
  }

  function need(uid: EntityUid): Draft {
    const known = entities.get(entityKey(uid));
    if (known) return known;
    const shape = schema.entityTypes.get(uid.type);
    const draft: Draft = { uid: { type: uid.type, id: uid.id }, attrs: {}, tags: {}, parents: new Map() };
    // Before its values, which may lead back to it.
    entities.set(entityKey(uid), draft);
    fill(draft.attrs, shape?.attributes ?? {});
    for (const tag of shape?.tags ? pool.tags : []) {
      if (shape?.tags && choose([false, true])) put(draft.tags, tag, valueOf(shape.tags));
    }
    return draft;
  }

  need(skeleton.principal);
  need(skeleton.resource);
  for (const [of, parent] of skeleton.parents) {
    need(of).parents.set(entityKey(parent), { type: parent.type, id: parent.id });
    need(parent);
  }
  const { principal, resource } = skeleton;
  const world = { principal, resource, context: recordOf(environment.action.context), entities };
  return { world, need, valueOf };
}

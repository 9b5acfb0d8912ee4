import type { EntityUid } from '../../../cedar/ast.ts';
import type { AuthorizationRequest, CedarJson, EntityData } from '../../../cedar/engine.ts';
import { entityKey } from '../../../cedar/slice.ts';
import type { Environment } from '../environments.ts';

/** An entity in the making. */
export interface Draft {
  readonly uid: EntityUid;
  readonly attrs: Record<string, CedarJson>;
  readonly tags: Record<string, CedarJson>;
  readonly parents: Map<string, EntityUid>;
}

/** Who asks, for what, and all entities that policies can reach from there. */
export interface World {
  readonly principal: EntityUid;
  readonly resource: EntityUid;
  readonly context: Record<string, CedarJson>;
  readonly entities: Map<string, Draft>;
}

/** All ancestors of an entity, at any distance; of one in a circle also itself. */
export function ancestorsIn(entities: World['entities'], of: EntityUid): Map<string, EntityUid> {
  const found = new Map<string, EntityUid>();
  const open = [...(entities.get(entityKey(of))?.parents.values() ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const key = entityKey(next);
    if (found.has(key)) continue;
    found.set(key, next);
    open.push(...(entities.get(key)?.parents.values() ?? []));
  }
  return found;
}

/** The request of a world, its hierarchy closed; undefined when something would be in itself. */
export function requestOf(world: World, { action }: Environment): AuthorizationRequest | undefined {
  const entities: EntityData[] = [];
  for (const [key, { uid, attrs, tags }] of world.entities) {
    const above = ancestorsIn(world.entities, uid);
    if (above.has(key)) return undefined;
    const tagged = Object.keys(tags).length > 0 ? { tags } : {};
    entities.push({ uid, attrs, parents: [...above.values()], ...tagged });
  }
  entities.push({ uid: action.uid, attrs: {}, parents: action.ancestors });
  return {
    principal: world.principal,
    action: action.uid,
    resource: world.resource,
    context: world.context,
    entities,
  };
}

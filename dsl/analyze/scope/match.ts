import type { EntityScope, EntityUid, Policy } from '../../../cedar/ast.ts';
import { entityKey } from '../../../cedar/slice.ts';
import { canBeAction, type Environment } from '../environments.ts';
import { ancestorsIn, type World } from '../world/world.ts';

/** Whether a policy's scope lets the request of a world through. */
export const inScope = (
  { principal, action, resource }: Policy,
  world: Pick<World, 'principal' | 'resource' | 'entities'>,
  environment: Environment,
): boolean =>
  canBeAction(action, environment.action) &&
  isMet(principal, world.principal, world.entities) &&
  isMet(resource, world.resource, world.entities);

function isMet(scope: EntityScope, uid: EntityUid, entities: World['entities']): boolean {
  const isIn = (entity: object): boolean => {
    const key = keyOf(entity);
    return key !== undefined && (key === entityKey(uid) || ancestorsIn(entities, uid).has(key));
  };
  switch (scope.kind) {
    case 'any':
      return true;
    case '==':
      return keyOf(scope.entity) === entityKey(uid);
    case 'in':
      return isIn(scope.entity);
    case 'is':
      return scope.type === uid.type;
    default:
      return scope.type === uid.type && isIn(scope.entity);
  }
}

const keyOf = (entity: object): string | undefined =>
  'type' in entity && 'id' in entity
    ? entityKey({ type: String(entity.type), id: String(entity.id) })
    : undefined;

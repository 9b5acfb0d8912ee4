import type { ActionScope, EntityScope, Policy } from '../../cedar/ast.ts';
import { entityKey } from '../../cedar/slice.ts';
import type { ActionShape, Schema } from './schema.ts';

/** A kind of request that the schema allows: who, what, on what. Analysis speaks of each of them apart. */
export interface Environment {
  /** Qualified type of the principal. */
  readonly principal: string;
  readonly action: ActionShape;
  /** Qualified type of the resource. */
  readonly resource: string;
}

/** All kinds of request of a schema, sorted. */
export const environmentsOf = ({ actions }: Schema): Environment[] =>
  [...actions.values()]
    .flatMap((action) =>
      action.principals.flatMap((principal) =>
        action.resources.map((resource) => ({ principal, action, resource })),
      ),
    )
    .sort((a, b) => byText(environmentKey(a), environmentKey(b)));

/** Equal for equal environments, of two schemas too. */
export const environmentKey = ({ principal, action, resource }: Environment): string =>
  `${entityKey(action.uid)} ${principal} ${resource}`;

/**
 * The policies whose scope can match some request of the environment. The others neither decide nor err in it. A slot
 * may stand for any entity.
 */
export const applicable = <P extends Pick<Policy, 'principal' | 'action' | 'resource'>>(
  policies: readonly P[],
  { principal, action, resource }: Environment,
  schema: Schema,
): P[] =>
  policies.filter(
    (policy) =>
      canBeAction(policy.action, action) &&
      canBe(policy.principal, principal, schema) &&
      canBe(policy.resource, resource, schema),
  );

function canBe(scope: EntityScope, type: string, schema: Schema): boolean {
  const isBelow = (entity: Extract<EntityScope, { kind: 'in' }>['entity']): boolean =>
    'slot' in entity ||
    entity.type === type ||
    (schema.entityTypes.get(type)?.ancestors.has(entity.type) ?? false);
  switch (scope.kind) {
    case 'any':
      return true;
    case '==':
      return 'slot' in scope.entity || scope.entity.type === type;
    case 'in':
      return isBelow(scope.entity);
    case 'is':
      return scope.type === type;
    default:
      return scope.type === type && isBelow(scope.entity);
  }
}

/** Whether a scope lets the action through: of an action all is known. */
export function canBeAction(scope: ActionScope, { uid, ancestors }: ActionShape): boolean {
  if (scope.kind === 'any') return true;
  const own = entityKey(uid);
  if (scope.kind === '==') return entityKey(scope.action) === own;
  const named = new Set(scope.actions.map(entityKey));
  return named.has(own) || ancestors.some((group) => named.has(entityKey(group)));
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import type { ActionScope, EntityLiteral, EntityScope, EntityUid, Policy, Slot } from './ast.ts';

/** What a slice of policies is chosen by: requests that agree in it have the same slice. */
export interface SliceKey {
  readonly principalType: string;
  /** `entityKey` of all ancestors of the principal, at any distance. */
  readonly ancestors: ReadonlySet<string>;
  /** `entityKey` of the action and of all its groups, at any distance. */
  readonly actions: ReadonlySet<string>;
  readonly resourceType: string;
}

/** An entity as a key of sets. Type names hold no quotes, so no two entities share one. */
export const entityKey = ({ type, id }: EntityUid): string => `${type}::${JSON.stringify(id)}`;

/** Whether the scope names the entity through a link or with an id that is not final: then it may match anything. */
const isOpen = (entity: EntityLiteral | Slot): entity is Slot => 'slot' in entity || entity.owned === true;

const matchesPrincipal = (scope: EntityScope, { principalType, ancestors }: SliceKey): boolean => {
  const isIn = (entity: EntityLiteral | Slot): boolean =>
    // An entity is in itself, and which principal asks is not part of the key.
    isOpen(entity) || entity.type === principalType || ancestors.has(entityKey(entity));
  switch (scope.kind) {
    case 'any':
      return true;
    case '==':
      return isOpen(scope.entity) || scope.entity.type === principalType;
    case 'in':
      return isIn(scope.entity);
    case 'is':
      return scope.type === principalType;
    default:
      return scope.type === principalType && isIn(scope.entity);
  }
};

const matchesAction = (scope: ActionScope, { actions }: SliceKey): boolean => {
  if (scope.kind === 'any') return true;
  const named = scope.kind === '==' ? [scope.action] : scope.actions;
  return named.some((action) => actions.has(entityKey(action)));
};

/** What a resource is in is not part of the key: only its type can exclude a policy. */
const matchesResource = (scope: EntityScope, { resourceType }: SliceKey): boolean => {
  switch (scope.kind) {
    case 'any':
    case 'in':
      return true;
    case '==':
      return isOpen(scope.entity) || scope.entity.type === resourceType;
    default:
      return scope.type === resourceType;
  }
};

/**
 * The policies whose scope can match a request with this key. The answer to such a request is the same as that of
 * all policies, determining policies and errors included: a scope that cannot match neither decides nor errs.
 */
export const sliceFor = <P extends Pick<Policy, 'principal' | 'action' | 'resource'>>(
  policies: readonly P[],
  key: SliceKey,
): P[] =>
  policies.filter(
    ({ principal, action, resource }) =>
      matchesPrincipal(principal, key) && matchesAction(action, key) && matchesResource(resource, key),
  );

/** The ancestors that principal scopes name. A key with only these of a principal's ancestors gives the same slice. */
export const scopeAncestors = (policies: readonly Pick<Policy, 'principal'>[]): Set<string> =>
  new Set(
    policies.flatMap(({ principal }) =>
      (principal.kind === 'in' || principal.kind === 'is in') && !('slot' in principal.entity)
        ? [entityKey(principal.entity)]
        : [],
    ),
  );

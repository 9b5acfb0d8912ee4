import type { ActionScope, EntityScope, Expr, Policy } from './ast.ts';
import type { ActionFacts, GatewayFacts } from './gateway-facts.ts';

/** The requests that can reach a place in a policy: actions, with the types of principal and resource left to each. */
export interface Scene {
  readonly facts: GatewayFacts;
  readonly actions: readonly ActionFacts[];
}

export const principalTypes = ({ actions }: Scene): string[] => [
  ...new Set(actions.flatMap(({ principals }) => principals)),
];

export const resourceTypes = ({ actions }: Scene): string[] => [
  ...new Set(actions.flatMap(({ resources }) => resources)),
];

const withType = (scene: Scene, side: 'principals' | 'resources', type: string): Scene => ({
  ...scene,
  actions: scene.actions
    .filter((action) => action[side].includes(type))
    .map((action) => ({ ...action, [side]: [type] })),
});

const withActions = (scene: Scene, named: ReadonlySet<string>, exactly: boolean): Scene => ({
  ...scene,
  actions: scene.actions.filter(({ id, ids }) =>
    exactly ? named.has(id) : [...ids].some((each) => named.has(each)),
  ),
});

const inScope = (scene: Scene, side: 'principals' | 'resources', scope: EntityScope): Scene => {
  if (scope.kind === 'is' || scope.kind === 'is in') return withType(scene, side, scope.type);
  if (scope.kind === 'any' || 'slot' in scope.entity) return scene;
  const { type } = scope.entity;
  // Nothing is in an Endpoint but itself.
  return scope.kind === '==' || type === scene.facts.endpointType ? withType(scene, side, type) : scene;
};

const inActions = (scene: Scene, scope: ActionScope): Scene => {
  if (scope.kind === 'any') return scene;
  const named = scope.kind === '==' ? [scope.action] : scope.actions;
  return withActions(scene, new Set(named.map(({ id }) => id)), scope.kind === '==');
};

/** The requests that a policy's scope lets through. */
export const sceneOf = (policy: Policy, facts: GatewayFacts): Scene => {
  const applicable = inActions({ facts, actions: facts.actions }, policy.action);
  return inScope(inScope(applicable, 'principals', policy.principal), 'resources', policy.resource);
};

const sideOf = (expr: Expr): 'principals' | 'resources' | undefined => {
  if (expr.kind !== 'variable') return undefined;
  return expr.name === 'principal' ? 'principals' : expr.name === 'resource' ? 'resources' : undefined;
};

const isAction = (expr: Expr): boolean => expr.kind === 'variable' && expr.name === 'action';

/** Ids of the entities that an expression lists, if it is nothing but a list of them. */
const listed = (expr: Expr): Set<string> | undefined => {
  const all = expr.kind === 'set' ? expr.of : [expr];
  const ids = all.flatMap((each) => (each.kind === 'entity' ? [each.entity.id] : []));
  return ids.length === all.length ? new Set(ids) : undefined;
};

/** The requests for which a test holds, as far as types and actions tell. Only tests that projection keeps count. */
export function narrow(scene: Scene, test: Expr): Scene {
  switch (test.kind) {
    case 'and':
      return test.of.reduce(narrow, scene);
    case 'is': {
      const side = sideOf(test.of);
      return side ? withType(scene, side, test.type) : scene;
    }
    case 'compare': {
      if (test.op !== '==' || test.right.kind !== 'entity') return scene;
      const side = sideOf(test.left);
      if (side) return withType(scene, side, test.right.entity.type);
      return isAction(test.left) ? withActions(scene, new Set([test.right.entity.id]), true) : scene;
    }
    case 'has': {
      if (!(test.of.kind === 'variable' && test.of.name === 'context')) return scene;
      // Where only the backend knows, projection does not keep the test.
      if (scene.actions.some(({ unknownContext }) => unknownContext.has(test.name))) return scene;
      return { ...scene, actions: scene.actions.filter(({ context }) => context.has(test.name)) };
    }
    case 'in': {
      const named = isAction(test.left) ? listed(test.right) : undefined;
      return named ? withActions(scene, named, false) : scene;
    }
    default:
      return scene;
  }
}

import type { Clause, EntityScope, Policy } from './ast.ts';
import { type Place, type Side, behind, boundOf } from './bound.ts';
import type { GatewayFacts } from './gateway-facts.ts';
import { isEndpoint } from './known.ts';
import { type Scene, sceneOf } from './scene.ts';
import { isConstant } from './simplify.ts';

const ANY: EntityScope = { kind: 'any' };

/** Whether the gateway can tell if the resource fits the scope. */
const isScopeKnown = (scope: EntityScope, scene: Scene): boolean => {
  switch (scope.kind) {
    case 'any':
    case 'is':
      return true;
    case '==':
      return !('slot' in scope.entity) && scene.actions.every(({ resourceId }) => resourceId);
    default:
      // An Endpoint is in nothing but itself; what other resources are in, only the backend knows.
      return !('slot' in scope.entity) && isEndpoint(scene);
  }
};

/** What stays of a scope that cannot be told: the type, where it is named. */
const widened = (scope: EntityScope): EntityScope => {
  if (scope.kind === '==' && !('slot' in scope.entity)) return { kind: 'is', type: scope.entity.type };
  return scope.kind === 'is in' ? { kind: 'is', type: scope.type } : ANY;
};

/** The clauses in their turn, without those that always hold; undefined if one never does. */
const projectClauses = (clauses: readonly Clause[], side: Side, start: Place): Clause[] | undefined => {
  let place = start;
  const projected: Clause[] = [];
  for (const clause of clauses) {
    const holds = clause.kind === 'when';
    const body = boundOf(clause.body, holds ? side : side === 'may' ? 'must' : 'may', place);
    if (isConstant(body, !holds)) return undefined;
    if (!isConstant(body, holds)) projected.push({ ...clause, body });
    const next = behind(clause.body, place);
    place = holds ? next : { ...next, scene: place.scene };
  }
  return projected;
};

/**
 * The part of a policy that the gateway enforces, before the resource is known. It reads only facts of the gateway:
 * a permit is kept where it is true or unknown, a forbid only where it is true whatever is unknown. So the gateway
 * never denies what the whole policy set would allow, and never allows what a forbid over known facts forbids.
 * `policy` must validate strictly. Undefined: a permit that is never true, or a forbid that is never certain.
 */
export function projectPolicy(policy: Policy, facts: GatewayFacts): Policy | undefined {
  const scene = sceneOf(policy, facts);
  const isPermit = policy.effect === 'permit';
  // Nothing is known of an action that is not in the vocabulary.
  if (scene.actions.length === 0) return isPermit ? { ...policy, resource: ANY, clauses: [] } : undefined;
  const certain = isScopeKnown(policy.resource, scene);
  if (!isPermit && !certain) return undefined;
  const clauses = projectClauses(policy.clauses, isPermit ? 'may' : 'must', { scene, certain });
  return clauses && { ...policy, resource: certain ? policy.resource : widened(policy.resource), clauses };
}

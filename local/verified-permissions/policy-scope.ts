import { isJson, type Json } from '../aws/input.ts';

export interface EntityIdentifier {
  readonly entityType: string;
  readonly entityId: string;
}

export interface ActionIdentifier {
  readonly actionType: string;
  readonly actionId: string;
}

/** What listings tell of a policy, and what an update may not change. */
export interface PolicyScope {
  readonly effect: 'Permit' | 'Forbid';
  /** Absent: the scope names no entity there. */
  readonly principal?: EntityIdentifier;
  readonly resource?: EntityIdentifier;
  readonly actions?: readonly ActionIdentifier[];
  /** Effect, principal and resource as written, in a form to compare. */
  readonly fixed: string;
}

/**
 * Reads the scope from Cedar's JSON form of a static policy. The conditions are not looked at: in this form they may
 * hold integers that JavaScript cannot represent, which the text, the only thing evaluated, carries exactly.
 */
export function policyScope(policy: Json): PolicyScope {
  const { effect, principal, resource, action } = policy;
  const [owner, target] = [entityIn(principal), entityIn(resource)];
  const actions = actionsIn(action);
  return {
    effect: effect === 'permit' ? 'Permit' : 'Forbid',
    ...(owner && { principal: owner }),
    ...(target && { resource: target }),
    ...(actions.length > 0 && { actions }),
    fixed: JSON.stringify([effect, principal, resource]),
  };
}

/** Of `==`, `in` and `is … in` alike. */
function entityIn(constraint: unknown): EntityIdentifier | undefined {
  if (!isJson(constraint)) return undefined;
  const { entity, in: within } = constraint;
  if (isJson(within)) return entityIn(within);
  return isJson(entity) ? { entityType: String(entity['type']), entityId: String(entity['id']) } : undefined;
}

function actionsIn(constraint: unknown): ActionIdentifier[] {
  if (!isJson(constraint)) return [];
  const { entity, entities } = constraint;
  const named: readonly unknown[] = Array.isArray(entities) ? entities : [entity];
  return named
    .filter(isJson)
    .map((action) => ({ actionType: String(action['type']), actionId: String(action['id']) }));
}

import type { ActionScope, EntityLiteral, Site, Slot } from '../../cedar/ast.ts';
import { BuilderError } from './builder-error.ts';
import { exprOf } from './registry.ts';
import type { State, Step, Target } from './state.ts';

type Side = Slot['slot'];

/** `.principalIs('User')`, `.resourceIs('Order')` */
export const typeStep =
  (side: Side): Step =>
  (state, at, type) => {
    const target = state[side];
    if (target.type !== undefined || target.relation?.kind === '==') throw setTwice(side, at);
    return { ...state, [side]: { ...target, type: state.names.entityType(type, at) } };
  };

/** `.principal(entity)` and `.principalIn(entity)`, and the same of the resource. */
export const entityStep =
  (side: Side, kind: '==' | 'in'): Step =>
  (state, at, entity) =>
    relate(state, side, kind, entityOf(entity, at), at);

/** `.principalSlot()`, `.principalInSlot()`, and the same of the resource. */
export const slotStep =
  (side: Side, kind: '==' | 'in'): Step =>
  (state, at) =>
    relate(state, side, kind, { slot: side }, at);

/** `.principalInGroup('PAYEE_MGMT')` */
export const groupStep: Step = (state, at, name) => {
  const group = state.names.group(name, at);
  const related = relate(state, 'principal', 'in', group, at);
  // The types know the group's members; Cedar does not, and would look for their attributes on every principal type.
  const impliedType = state.names.onlyMemberType(group.id);
  return impliedType === undefined
    ? related
    : { ...related, principal: { ...related.principal, impliedType } };
};

/** `.action('POST /order')` */
export const actionStep: Step = (state, at, name) =>
  act(state, at, { kind: '==', action: state.names.action(name, at) });

/** `.actions(['GET /order/{id}', 'POST /order'])` */
export const actionsStep: Step = (state, at, list) =>
  act(state, at, {
    kind: 'in',
    actions: listed(list, '.actions()', at).map((name) => state.names.action(name, at)),
  });

/** `.actionIn(['order:write', 'GET /order/{id}'])` */
export const actionInStep: Step = (state, at, list) =>
  act(state, at, {
    kind: 'in',
    actions: listed(list, '.actionIn()', at).map((name) => state.names.actionOrGroup(name, at)),
  });

function listed(list: unknown, call: string, site: Site): readonly unknown[] {
  if (Array.isArray(list) && list.length > 0) return list;
  throw new BuilderError({
    site,
    code: 'NO_ACTIONS',
    message: `${call} names no action`,
    remedy: 'name at least one, or leave the call out to mean any action',
  });
}

/** `.actionInGroup('order:write')` */
export const actionGroupStep: Step = (state, at, group) =>
  act(state, at, { kind: 'in', actions: [state.names.actionGroup(group, at)] });

/** The entity that a value stands for. Throws `BuilderError`. */
export function entityOf(value: unknown, at: Site): EntityLiteral {
  const expr = exprOf(value);
  if (expr?.kind === 'entity') return expr.entity;
  throw new BuilderError({
    site: at,
    code: 'NOT_AN_ENTITY',
    message: 'a scope takes an entity that is named',
    remedy: "write entity('Type', 'id') or group('NAME'); compare attributes in .when()",
  });
}

function relate(state: State, side: Side, kind: '==' | 'in', entity: EntityLiteral | Slot, at: Site): State {
  const target: Target = state[side];
  if (target.relation || (kind === '==' && target.type !== undefined)) throw setTwice(side, at);
  return { ...state, [side]: { ...target, relation: { kind, entity } } };
}

function act(state: State, at: Site, action: ActionScope): State {
  if (state.action) throw setTwice('action', at);
  return { ...state, action };
}

function setTwice(what: string, site: Site): BuilderError {
  return new BuilderError({
    site,
    code: 'SCOPE_SET_TWICE',
    message: `the ${what} is set already`,
    remedy: 'keep one of the calls, or write two policies',
  });
}

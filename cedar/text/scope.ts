import type { ActionScope, EntityLiteral, EntityScope, EntityUid, Slot } from '../ast.ts';
import { isActionType } from '../names.ts';
import type { Cursor } from './cursor.ts';
import { list } from './list.ts';
import { uidAfter } from './literals.ts';
import { path } from './names.ts';

type Side = Slot['slot'];

const IN_ORDER = 'a scope has principal, action and resource, in this order';

/** `principal == User::"alice"`, `resource is Album in ?resource` and the like. */
export function entityScope(cursor: Cursor, side: Side): EntityScope {
  const from = cursor.index();
  cursor.expect(side, IN_ORDER);
  return cursor.note(constraint(cursor, side), from);
}

function constraint(cursor: Cursor, side: Side): EntityScope {
  const target = (): EntityLiteral | Slot => enclosed(cursor, () => entityOrSlot(cursor, side));
  if (cursor.accept('==')) return { kind: '==', entity: target() };
  if (cursor.accept('in')) return { kind: 'in', entity: target() };
  if (cursor.accept('is')) {
    const type = path(cursor, 'an entity type, without quotes');
    return cursor.accept('in') ? { kind: 'is in', type, entity: target() } : { kind: 'is', type };
  }
  if (cursor.at(',') || cursor.at(')')) return { kind: 'any' };
  throw cursor.unexpected('a scope knows ==, in, is and is … in: move anything else into a condition');
}

function entityOrSlot(cursor: Cursor, side: Side): EntityLiteral | Slot {
  const token = cursor.peek();
  if (token.kind !== 'slot') {
    if (cursor.at('[')) throw cursor.unexpected('name one entity here: lists stand in conditions');
    return uidAfter(cursor, path(cursor, 'an entity: Type::"id"'));
  }
  if (token.text !== `?${side}`) throw cursor.unexpected(`the slot of the ${side} is ?${side}`);
  cursor.take();
  return { slot: side };
}

/** `action == Action::"view"`, `action in [Action::"view", Action::"edit"]` */
export function actionScope(cursor: Cursor): ActionScope {
  const from = cursor.index();
  cursor.expect('action', IN_ORDER);
  return cursor.note(actionConstraint(cursor), from);
}

function actionConstraint(cursor: Cursor): ActionScope {
  const one = (): EntityUid => enclosed(cursor, () => actionUid(cursor));
  if (cursor.accept('==')) return { kind: '==', action: one() };
  if (cursor.accept('in')) return { kind: 'in', actions: enclosed(cursor, () => (cursor.at('[') ? list(cursor, one, '[', ']') : [one()])) }; // prettier-ignore
  if (cursor.at('is')) throw cursor.unexpected('move the test of the type of an action into a condition');
  if (cursor.at(',') || cursor.at(')')) return { kind: 'any' };
  throw cursor.unexpected('the scope of actions knows == and in: move anything else into a condition');
}

function actionUid(cursor: Cursor): EntityUid {
  const token = cursor.peek();
  const uid = uidAfter(cursor, path(cursor, 'an action: Action::"id"'));
  if (isActionType(uid.type)) return uid;
  throw cursor.refuse(token, 'CEDAR_NO_ACTION', `"${uid.type}" is no type of actions`, 'write Action::"…"');
}

/** Parentheses around a target mean nothing. */
function enclosed<T>(cursor: Cursor, parse: () => T): T {
  if (!cursor.accept('(')) return parse();
  const inner = cursor.nested(() => enclosed(cursor, parse));
  cursor.expect(')', 'close the parenthesis');
  return inner;
}

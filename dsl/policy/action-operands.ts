import type { Expr } from '../../cedar/ast.ts';
import { isActionType } from '../../cedar/names.ts';
import type { Call } from './call.ts';
import { lift, setOf } from './lift.ts';

/** Whether an expression is an action wherever it has a value: no attribute or tag of a schema holds one. */
export function isAction(expr: Expr): boolean {
  switch (expr.kind) {
    case 'variable':
      return expr.name === 'action';
    case 'entity':
      return isActionType(expr.entity.type);
    case 'if':
      return isAction(expr.yes) && isAction(expr.no);
    case 'attribute': {
      const { of, name } = expr;
      return of.kind === 'record' && of.entries.some(([key, value]) => key === name && isAction(value));
    }
    default:
      return false;
  }
}

/** What something is compared with. Next to an action, a text is the name of one. Throws `BuilderError`. */
export function comparedWith(operand: unknown, { of, at, names }: Call): Expr {
  if (typeof operand !== 'string' || !isAction(of)) return lift(operand, at);
  return { kind: 'entity', entity: names.action(operand, at) };
}

/** What something may be below. Next to an action, texts are names of actions and of groups. Throws `BuilderError`. */
export function ancestorOf(operand: unknown, { of, at, names }: Call): Expr {
  if (!isAction(of)) return lift(operand, at);
  const one = (each: unknown): Expr =>
    typeof each === 'string' ? { kind: 'entity', entity: names.actionOrGroup(each, at) } : lift(each, at);
  return Array.isArray(operand) ? setOf(operand.map(one), at) : one(operand);
}

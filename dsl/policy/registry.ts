import type { Expr } from '../../cedar/ast.ts';

/** Which expression a value of the language stands for. A map beside the values: nothing in them can be forged. */
const expressions = new WeakMap<object, () => Expr>();

/** Makes `value` stand for an expression, which may be made on first use. */
export function register<T extends object>(value: T, expr: () => Expr): T {
  expressions.set(value, expr);
  return value;
}

/** The expression that a value stands for, if it stands for one. */
export function exprOf(value: unknown): Expr | undefined {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? expressions.get(value)?.()
    : undefined;
}

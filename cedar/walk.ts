import type { Expr } from './ast.ts';

/** The expressions directly in an expression, in order of evaluation. */
export function parts(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'and':
    case 'or':
    case 'set':
      return expr.of;
    case 'not':
    case 'negate':
    case 'has':
    case 'attribute':
    case 'like':
      return [expr.of];
    case 'compare':
    case 'arithmetic':
    case 'in':
      return [expr.left, expr.right];
    case 'is':
      return expr.in ? [expr.of, expr.in] : [expr.of];
    case 'if':
      return [expr.test, expr.yes, expr.no];
    case 'record':
      return expr.entries.map(([, value]) => value);
    case 'call':
      return [expr.of, ...expr.with];
    default:
      return [];
  }
}

/** Whether an expression, or any in it, passes the test. */
export const contains = (expr: Expr, test: (part: Expr) => boolean): boolean =>
  test(expr) || parts(expr).some((part) => contains(part, test));

import type { Expr } from './ast.ts';

/** The same expression with each expression directly in it replaced. */
export function rebuild(expr: Expr, replace: (part: Expr) => Expr): Expr {
  switch (expr.kind) {
    case 'and':
    case 'or':
    case 'set':
      return { ...expr, of: expr.of.map(replace) };
    case 'not':
    case 'negate':
    case 'has':
    case 'attribute':
    case 'like':
      return { ...expr, of: replace(expr.of) };
    case 'compare':
    case 'arithmetic':
    case 'in':
      return { ...expr, left: replace(expr.left), right: replace(expr.right) };
    case 'is':
      return { ...expr, of: replace(expr.of), ...(expr.in && { in: replace(expr.in) }) };
    case 'if':
      return { ...expr, test: replace(expr.test), yes: replace(expr.yes), no: replace(expr.no) };
    case 'record':
      return { ...expr, entries: expr.entries.map(([name, value]) => [name, replace(value)] as const) };
    case 'call':
      return { ...expr, of: replace(expr.of), with: expr.with.map(replace) };
    default:
      return expr;
  }
}

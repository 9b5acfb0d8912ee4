import { operands } from '../../cedar/balance.ts';
import type { Expr, Policy } from '../../cedar/ast.ts';

/** Chains in one form whatever their nesting: `(a && b) && c` is `a && b && c`, and a chain of one its operand. */
export const normalExpr = (expr: Expr): Expr => {
  if (expr.kind === 'and' || expr.kind === 'or') {
    const of = operands({ kind: expr.kind, of: expr.of.map(normalExpr) });
    return of.length === 1 ? of[0]! : { kind: expr.kind, of };
  }
  const mapped = Object.entries(expr).map(([name, value]: [string, unknown]) => [name, normalPart(value)]);
  return Object.fromEntries(mapped);
};

const isExpr = (value: object): value is Expr => 'kind' in value;

const normalPart = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(normalPart);
  if (typeof value !== 'object' || value === null) return value;
  return isExpr(value) ? normalExpr(value) : value;
};

export const normalPolicy = (policy: Policy): Policy => ({
  ...policy,
  clauses: policy.clauses.map(({ kind, body }) => ({ kind, body: normalExpr(body) })),
});

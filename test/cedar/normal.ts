import { operands } from '../../cedar/balance.ts';
import type { Expr, Policy } from '../../cedar/ast.ts';

/**
 * What a policy means, whatever the form: `(a && b) && c` is `a && b && c`, a chain of one is its operand,
 * and the entries of a record have no order.
 */
export const normalExpr = (expr: Expr): Expr => {
  if (expr.kind === 'and' || expr.kind === 'or') {
    const of = operands({ kind: expr.kind, of: expr.of.map(normalExpr) });
    return of.length === 1 ? of[0]! : { kind: expr.kind, of };
  }
  if (expr.kind === 'record') {
    const entries = expr.entries.map(([name, value]) => [name, normalExpr(value)] as const);
    return { kind: 'record', entries: entries.sort(([a], [b]) => (a < b ? -1 : 1)) };
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

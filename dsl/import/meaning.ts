import { balance, operands } from '../../cedar/balance.ts';
import type { Expr, Policy } from '../../cedar/ast.ts';
import { printPolicy } from '../../cedar/print.ts';

/**
 * What a policy says, as a text: equal for policies that differ in nothing but where their clauses end, in parentheses
 * of chains, or in the order of a record's entries. Its id is left out. @throws {PolicyError} as `printPolicy`
 */
export function meaningOf(policy: Policy): string {
  const { id: _id, ...annotations } = policy.annotations;
  const conditions = policy.clauses.map(({ kind, body }): Expr => {
    const plain = normal(body);
    return kind === 'when' ? plain : { kind: 'not', of: plain };
  });
  const clauses =
    conditions.length === 0 ? [] : [{ kind: 'when', body: normal({ kind: 'and', of: conditions }) } as const];
  return printPolicy({ ...policy, id: 'p', clauses, annotations }, { prefix: '' });
}

function normal(expr: Expr): Expr {
  switch (expr.kind) {
    case 'and':
    case 'or':
      return balance({ kind: expr.kind, of: operands(expr).map(normal) });
    case 'record': {
      const entries = expr.entries.map(([name, value]) => [name, normal(value)] as const);
      return { kind: 'record', entries: entries.sort(([a], [b]) => (a < b ? -1 : 1)) };
    }
    case 'set':
      return { kind: 'set', of: expr.of.map(normal) };
    case 'not':
    case 'negate':
    case 'has':
    case 'attribute':
    case 'like':
      return { ...expr, of: normal(expr.of) };
    case 'compare':
    case 'arithmetic':
    case 'in':
      return { ...expr, left: normal(expr.left), right: normal(expr.right) };
    case 'is':
      return { ...expr, of: normal(expr.of), ...(expr.in && { in: normal(expr.in) }) };
    case 'if':
      return { ...expr, test: normal(expr.test), yes: normal(expr.yes), no: normal(expr.no) };
    case 'call':
      return { ...expr, of: normal(expr.of), with: expr.with.map(normal) };
    default:
      return expr;
  }
}

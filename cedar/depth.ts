import { balance, balanceClauses } from './balance.ts';
import type { Expr, Policy } from './ast.ts';
import { PolicyError } from './policy-error.ts';
import { parts } from './walk.ts';

/**
 * Levels that a printed policy may nest. The engine (4.13) stops for good at 131 parentheses inside each other
 * when it parses, and at 366 operands of a chain when it evaluates; its JSON form ends at 128 levels, about 61 operators.
 */
export const MAX_DEPTH = 60;

/** The three scope constraints are conjoined before the clauses. */
const SCOPE_DEPTH = 3;

/** A chain nests to the left: its first operand is as deep as the chain is long. */
const chainDepth = (depths: readonly number[]): number =>
  Math.max(...depths.map((depth, i) => depth + Math.max(1, depths.length - Math.max(i, 1))));

/** Levels of the printed expression: chains of `&&` and `||` count as the balanced trees they are printed as. */
export function exprDepth(expr: Expr): number {
  if (expr.kind !== 'and' && expr.kind !== 'or') {
    return 1 + parts(expr).reduce((depth, part) => Math.max(depth, exprDepth(part)), 0);
  }
  const balanced = balance(expr);
  return balanced.kind === expr.kind ? chainDepth(balanced.of.map(exprDepth)) : exprDepth(balanced);
}

/** Levels of the whole printed policy, all clauses conjoined as the engine conjoins them. */
export function depthOf(policy: Policy): number {
  const clauses = balanceClauses(policy.clauses).map(
    ({ kind, body }) => exprDepth(body) + (kind === 'unless' ? 1 : 0),
  );
  return SCOPE_DEPTH + (clauses.length > 0 ? chainDepth(clauses) : 0);
}

/** @throws {PolicyError} for a policy that the engine might not survive. */
export function checkDepth(policy: Policy): void {
  const depth = depthOf(policy);
  if (depth <= MAX_DEPTH) return;
  throw new PolicyError({
    code: 'POLICY_TOO_DEEP',
    message: `policy ${policy.id} nests ${depth} levels, the limit is ${MAX_DEPTH}`,
    remedy: 'split it into several policies, or use a set instead of a chain of operators',
    site: policy.at,
  });
}

import type { Expr, Policy } from './ast.ts';
import { contains } from './walk.ts';

/**
 * Whether a policy that passed strict validation may still fail to evaluate on a request that has all that the schema
 * requires: an integer or a time overflows, a tag is absent, or an entity that an attribute names is not there.
 * @param harmless expressions that are known to have a value
 */
export const mayErr = ({ clauses }: Policy, harmless: (expr: Expr) => boolean = () => false): boolean =>
  clauses.some(({ body }) => contains(body, (expr) => isRisky(expr) && !harmless(expr)));

const RISKY_CALLS: readonly string[] = ['offset', 'durationSince', 'toDate', 'getTag'];

function isRisky(expr: Expr): boolean {
  switch (expr.kind) {
    case 'arithmetic':
    case 'negate':
      return true;
    case 'call':
      return RISKY_CALLS.includes(expr.method);
    case 'attribute':
      // What a variable names is always there. Without the schema, a record inside cannot be told from an entity.
      return expr.of.kind !== 'variable';
    default:
      return false;
  }
}

import type { Expr, Policy } from '../../cedar/ast.ts';
import { TOKEN_ATTRIBUTE } from '../../cedar/token-form.ts';
import { contains } from '../../cedar/walk.ts';

/**
 * Whether a policy that passed strict validation may still fail to evaluate on a request that has all that the schema
 * requires: an integer or a time overflows, a tag is absent, or an entity that an attribute names is not there.
 * @param withToken whether the policy is of a store that is asked with tokens
 */
export const mayErr = ({ clauses }: Policy, withToken = false): boolean =>
  clauses.some(({ body }) => contains(body, (expr) => isRisky(expr) && !(withToken && isClaim(expr))));

/** `context.token.role`, where `context.token` is the record of a token's claims. */
const isClaim = (expr: Expr): boolean =>
  expr.kind === 'attribute' &&
  expr.of.kind === 'attribute' &&
  expr.of.name === TOKEN_ATTRIBUTE &&
  expr.of.of.kind === 'variable' &&
  expr.of.of.name === 'context';

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

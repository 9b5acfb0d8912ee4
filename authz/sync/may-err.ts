import type { Expr, Policy } from '../../cedar/ast.ts';
import * as cedar from '../../cedar/may-err.ts';
import { TOKEN_ATTRIBUTE } from '../../cedar/token-form.ts';

/**
 * Whether a policy may fail to evaluate in its store.
 * @param withToken whether the policy is of a store that is asked with tokens
 */
export const mayErr = (policy: Policy, withToken = false): boolean =>
  cedar.mayErr(policy, (expr) => withToken && isClaim(expr));

/** `context.token.role`, where `context.token` is the record of a token's claims. */
const isClaim = (expr: Expr): boolean =>
  expr.kind === 'attribute' &&
  expr.of.kind === 'attribute' &&
  expr.of.name === TOKEN_ATTRIBUTE &&
  expr.of.of.kind === 'variable' &&
  expr.of.of.name === 'context';

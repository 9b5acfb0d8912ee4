import type { Expr } from '../../cedar/ast.ts';
import { parts } from '../../cedar/walk.ts';
import { isAction } from '../policy/action-operands.ts';
import type { Printed } from './printed.ts';
import type { Problem } from './problem.ts';

/**
 * Tests of what a named action is in. A policy store knows all actions of its schema; a request to the embedded engine
 * carries only the action that is asked for, so there a named one is in nothing, and the two would answer differently.
 */
export function actionAncestorProblems(printed: readonly Pick<Printed, 'policy' | 'site'>[]): Problem[] {
  return printed.flatMap(({ policy, site }) =>
    policy.clauses
      .flatMap(({ body }) => namedIn(body))
      .map(({ at = site }): Problem => ({
        site: at,
        code: 'NAMED_ACTION_IN',
        message: 'what a named action is in, not every decider knows',
        remedy: "test the action that is asked for: action.in('…')",
      })),
  );
}

function namedIn(expr: Expr): readonly Expr[] {
  const tested = expr.kind === 'in' ? expr.left : expr.kind === 'is' && expr.in ? expr.of : undefined;
  const own = tested && tested.kind !== 'variable' && isAction(tested) ? [expr] : [];
  return [...own, ...parts(expr).flatMap(namedIn)];
}

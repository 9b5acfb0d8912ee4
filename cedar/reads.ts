import type { Policy } from './ast.ts';
import { contains } from './walk.ts';

/** Whether any clause of a policy reads the context. */
export const readsContext = ({ clauses }: Policy): boolean =>
  clauses.some(({ body }) => contains(body, (expr) => expr.kind === 'variable' && expr.name === 'context'));

/** Whether a policy reads an attribute of one of these names, of whatever it may be, or tests for one. */
export const readsAnyOf = ({ clauses }: Policy, names: ReadonlySet<string>): boolean =>
  names.size > 0 &&
  clauses.some(({ body }) =>
    contains(body, (expr) => (expr.kind === 'attribute' || expr.kind === 'has') && names.has(expr.name)),
  );

import type { Policy } from './ast.ts';
import { contains } from './walk.ts';

/** Whether any clause of a policy reads the context. */
export const readsContext = ({ clauses }: Policy): boolean =>
  clauses.some(({ body }) => contains(body, (expr) => expr.kind === 'variable' && expr.name === 'context'));

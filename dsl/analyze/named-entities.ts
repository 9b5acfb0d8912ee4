import type { EntityUid, Expr, Policy } from '../../cedar/ast.ts';
import { entityKey } from '../../cedar/slice.ts';
import { parts } from '../../cedar/walk.ts';

/** The entities that a policy names, in its scope or in conditions, actions aside; by `entityKey`. */
export function namedEntities({ principal, resource, clauses }: Policy): Map<string, EntityUid> {
  const found = new Map<string, EntityUid>();
  const note = ({ type, id }: EntityUid): void => void found.set(entityKey({ type, id }), { type, id });
  const visit = (expr: Expr): void => {
    if (expr.kind === 'entity') note(expr.entity);
    parts(expr).forEach(visit);
  };
  for (const scope of [principal, resource]) {
    if ('entity' in scope && !('slot' in scope.entity)) note(scope.entity);
  }
  for (const { body } of clauses) visit(body);
  return found;
}

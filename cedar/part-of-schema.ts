import type { Expr, Policy } from './ast.ts';
import { isActionType } from './names.ts';
import { parts } from './walk.ts';

/** As much of Cedar's JSON form of a schema as is needed here. */
interface Namespace {
  readonly actions: Readonly<Record<string, { readonly memberOf?: readonly { readonly id: string }[] }>>;
}

/** The actions that a policy names, in its scope and anywhere else; nothing for one that is about any action. */
export function actionsNamed(policy: Policy): ReadonlySet<string> | undefined {
  const { action, principal, resource, clauses } = policy;
  if (action.kind === 'any') return undefined;
  const named = new Set((action.kind === '==' ? [action.action] : action.actions).map(({ id }) => id));
  const see = (entity: { readonly type: string; readonly id: string }): void => {
    if (isActionType(entity.type)) named.add(entity.id);
  };
  const visit = (expr: Expr): void => {
    if (expr.kind === 'entity') see(expr.entity);
    parts(expr).forEach(visit);
  };
  for (const scope of [principal, resource]) {
    if ('entity' in scope && !('slot' in scope.entity)) see(scope.entity);
  }
  for (const { body } of clauses) visit(body);
  return named;
}

/**
 * A schema with only some of its actions, the members of those that are groups, and the groups of all of them.
 * A policy that names no other action means the same in it: the validator checks a policy once for each combination of
 * principal, action and resource that the schema allows, and where the scope rules the action out it looks no further.
 * That is most of its time, and the parsing of a schema the rest of it.
 */
export function partOfSchema(
  schema: Readonly<Record<string, Namespace>>,
  named: ReadonlySet<string>,
): Readonly<Record<string, Namespace>> {
  return Object.fromEntries(
    Object.entries(schema).map(([name, namespace]) => {
      const all = Object.entries(namespace.actions);
      const wanted = new Set(named);
      const groupsOf = (action: string): readonly string[] =>
        (namespace.actions[action]?.memberOf ?? []).map(({ id }) => id);
      // A set may grow while it is walked, and then its new elements come too.
      for (const group of wanted) {
        for (const [action] of all) if (groupsOf(action).includes(group)) wanted.add(action);
      }
      for (const action of wanted) for (const group of groupsOf(action)) wanted.add(group);
      const actions = Object.fromEntries(all.filter(([action]) => wanted.has(action)));
      return [name, { ...namespace, actions }];
    }),
  );
}

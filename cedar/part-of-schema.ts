import type { Expr, Policy } from './ast.ts';
import { isActionType } from './names.ts';
import { contains, parts } from './walk.ts';

/** As much of Cedar's JSON form of a schema as is needed here. */
interface Namespace {
  readonly actions: Readonly<Record<string, Action>>;
}

interface Action {
  readonly memberOf?: readonly { readonly id: string }[];
  readonly appliesTo?: unknown;
}

/** The actions of a schema that a policy's validity depends on; a set has the ids of those that it names. */
export type ActionsAsked = ReadonlySet<string> | 'one of each kind' | 'all';

/** What a policy is about, by its scope and by whatever else names an action or asks for it. */
export function actionsAsked(policy: Policy): ActionsAsked {
  const { action, principal, resource, clauses } = policy;
  const inScope = action.kind === 'any' ? [] : action.kind === '==' ? [action.action] : action.actions;
  const named = new Set(inScope.map(({ id }) => id));
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
  if (action.kind !== 'any') return named;
  const asks = clauses.some(({ body }) => contains(body, isAction));
  return asks || named.size > 0 ? 'all' : 'one of each kind';
}

const isAction = (expr: Expr): boolean => expr.kind === 'variable' && expr.name === 'action';

/**
 * A schema with only some of its actions. The validator checks a policy once for each combination of principal, action
 * and resource that the schema allows, and where the scope rules the action out it looks no further. That is most of
 * its time, and the parsing of a schema the rest of it.
 *
 * - Named actions, with the members of those that are groups, and the groups of all of them: a policy that names no
 *   other means the same.
 * - One of each kind: of actions that apply to the same types with the same context, the first. A policy that neither
 *   names an action nor asks for it cannot tell them apart.
 */
export function partOfSchema(
  schema: Readonly<Record<string, Namespace>>,
  asked: ActionsAsked,
): Readonly<Record<string, Namespace>> {
  if (asked === 'all') return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, namespace]) => {
      const { actions } = namespace;
      const some = asked === 'one of each kind' ? oneOfEachKind(actions) : withGroups(actions, asked);
      return [name, { ...namespace, actions: some }];
    }),
  );
}

type Actions = Namespace['actions'];

function oneOfEachKind(actions: Actions): Actions {
  const kinds = new Map<string | undefined, readonly [string, Action]>();
  for (const [id, { appliesTo }] of Object.entries(actions)) {
    const kind = JSON.stringify(appliesTo);
    if (!kinds.has(kind)) kinds.set(kind, [id, { ...(appliesTo !== undefined && { appliesTo }) }]);
  }
  return Object.fromEntries(kinds.values());
}

function withGroups(actions: Actions, named: ReadonlySet<string>): Actions {
  const all = Object.entries(actions);
  const wanted = new Set(named);
  const groupsOf = (action: string): readonly string[] =>
    (actions[action]?.memberOf ?? []).map(({ id }) => id);
  // A set may grow while it is walked, and then its new elements come too.
  for (const group of wanted) {
    for (const [action] of all) if (groupsOf(action).includes(group)) wanted.add(action);
  }
  for (const action of wanted) for (const group of groupsOf(action)) wanted.add(group);
  return Object.fromEntries(all.filter(([action]) => wanted.has(action)));
}

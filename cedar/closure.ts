import type { EntityUid } from './ast.ts';
import type { Model } from './model.ts';
import type { EntityData } from './request.ts';

/** The action type of an API's namespace: `Payments::Action`. */
export const actionType = ({ namespace }: Model): string => `${namespace}::Action`;

/** All groups that an action, or an action group, is in, at any distance: unqualified, sorted. */
export function actionAncestors(model: Model, action: string): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    for (const group of model.actions[name]?.groups ?? model.actionGroups[name]?.groups ?? []) {
      if (found.has(group)) continue;
      found.add(group);
      visit(group);
    }
  };
  visit(action);
  return [...found].sort();
}

/**
 * The action's entity with all its groups. An engine without a schema needs it in every request: without it,
 * a `forbid` on an action group silently does nothing.
 */
export function actionEntity(model: Model, action: EntityUid): EntityData {
  const type = actionType(model);
  const groups = action.type === type ? actionAncestors(model, action.id) : [];
  return { uid: action, attrs: {}, parents: groups.map((id) => ({ type, id })) };
}

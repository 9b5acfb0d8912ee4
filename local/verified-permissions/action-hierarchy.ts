import type { EntityUid } from '../../cedar/ast.ts';
import { isJson, type Json } from '../aws/input.ts';

/** All groups of an action, at any distance. */
export type ActionHierarchy = (action: EntityUid) => readonly EntityUid[];

/**
 * Reads which actions are in which groups from a schema in Cedar's JSON form. Verified Permissions knows them from
 * the schema, and clients may not send them; the engine knows only what each request brings.
 */
export function readActionHierarchy(namespace: string, { actions }: Json): ActionHierarchy {
  const actionType = `${namespace}::Action`;
  const parents = new Map<string, readonly EntityUid[]>();
  for (const [id, action] of Object.entries(isJson(actions) ? actions : {})) {
    const groups = isJson(action) && Array.isArray(action['memberOf']) ? action['memberOf'] : [];
    parents.set(
      keyOf({ type: actionType, id }),
      groups.filter(isJson).map((group) => ({
        type: typeof group['type'] === 'string' ? group['type'] : actionType,
        id: String(group['id']),
      })),
    );
  }
  return (action) => {
    const found = new Map<string, EntityUid>();
    const visit = (uid: EntityUid): void => {
      for (const parent of parents.get(keyOf(uid)) ?? []) {
        if (found.has(keyOf(parent))) continue;
        found.set(keyOf(parent), parent);
        visit(parent);
      }
    };
    visit(action);
    return [...found.values()];
  };
}

const keyOf = ({ type, id }: EntityUid): string => JSON.stringify([type, id]);

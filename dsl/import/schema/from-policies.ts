import type { EntityUid, Expr, Policy } from '../../../cedar/ast.ts';
import { isActionType, isTypeName } from '../../../cedar/names.ts';
import { parts } from '../../../cedar/walk.ts';
import type { Source } from '../read/source.ts';
import { type World, type WorldAction, type WorldEntity, writtenAction, writtenType } from './world.ts';

/** The names that policies use, where no schema says what there is. */
export function worldFrom({ found, links }: Source): World {
  const types = new Set<string>();
  const actions = new Map<string, EntityUid>();
  const add = (uid: EntityUid): void => {
    if (isActionType(uid.type)) actions.set(`${uid.type}::${uid.id}`, uid);
    else types.add(uid.type);
  };
  for (const { policy } of found) {
    for (const uid of uidsOf(policy)) add(uid);
    for (const type of typesOf(policy)) types.add(type);
  }
  for (const { principal, resource } of links) {
    for (const uid of [principal, resource]) if (uid) add(uid);
  }
  const spaces = new Set([...types, ...[...actions.values()].map(({ type }) => type)].map(spaceOf));
  const [space = '', ...others] = spaces;
  const naming = { namespace: others.length === 0 ? space : '' };
  const names = [...types]
    .filter((type) => isTypeName(type) && !isActionType(type))
    .map((type) => writtenType(naming, type));
  const entity: WorldEntity = { attributes: {}, ancestors: names.toSorted() };
  const action = (uid: EntityUid): WorldAction => {
    return { uid, principals: names.toSorted(), resources: names.toSorted(), context: {}, members: [] };
  };
  return {
    ...naming,
    entityTypes: new Map(names.map((name) => [name, entity])),
    actions: new Map([...actions.values()].map((uid) => [writtenAction(naming, uid), action(uid)])),
    typed: 'never',
  };
}

const spaceOf = (type: string): string => type.split('::').slice(0, -1).join('::');

function uidsOf({ principal, action, resource, clauses }: Policy): EntityUid[] {
  const scopes = [principal, resource].flatMap((scope) =>
    'entity' in scope && 'type' in scope.entity ? [scope.entity] : [],
  );
  const actions = action.kind === 'any' ? [] : action.kind === '==' ? [action.action] : action.actions;
  const literals = clauses.flatMap(({ body }) =>
    collect(body, (expr) => (expr.kind === 'entity' ? [expr.entity] : [])),
  );
  return [...scopes, ...actions, ...literals];
}

function typesOf({ principal, resource, clauses }: Policy): string[] {
  const scopes = [principal, resource].flatMap((scope) => ('type' in scope ? [scope.type] : []));
  return [
    ...scopes,
    ...clauses.flatMap(({ body }) => collect(body, (expr) => (expr.kind === 'is' ? [expr.type] : []))),
  ];
}

const collect = <T>(expr: Expr, pick: (expr: Expr) => readonly T[]): T[] => [
  ...pick(expr),
  ...parts(expr).flatMap((part) => collect(part, pick)),
];

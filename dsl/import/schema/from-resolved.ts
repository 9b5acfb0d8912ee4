import type { EntityUid } from '../../../cedar/ast.ts';
import type { ResolvedSchema } from '../../../cedar/resolved-schema.ts';
import { described, valueTypes } from './value-types.ts';
import {
  qualified,
  type World,
  type WorldAction,
  type WorldEntity,
  writtenAction,
  writtenType,
} from './world.ts';

/** A schema as the vocabulary of policies. The engine has checked it: all names in it are there, and none is in itself. */
export function worldOf(schema: ResolvedSchema): World {
  const spaces = Object.entries(schema);
  const peopled = spaces.filter(
    ([, { entityTypes, actions }]) => Object.keys(entityTypes).length + Object.keys(actions).length > 0,
  );
  const [only, another] = peopled;
  const naming = { namespace: only && !another ? only[0] : '' };
  const typeName = (type: string): string => writtenType(naming, type);
  const valueOf = valueTypes(spaces, typeName);

  const parents = new Map<string, readonly string[]>();
  const groups = new Map<string, readonly string[]>();
  for (const [space, { entityTypes, actions }] of spaces) {
    for (const [name, type] of Object.entries(entityTypes)) {
      parents.set(
        typeName(qualified(space, name)),
        'memberOfTypes' in type ? (type.memberOfTypes ?? []).map(typeName) : [],
      );
    }
    for (const [id, { memberOf = [] }] of Object.entries(actions)) {
      groups.set(
        writtenAction(naming, actionUid(space, id)),
        memberOf.map((uid) =>
          writtenAction(naming, { type: uid.type ?? qualified(space, 'Action'), id: uid.id }),
        ),
      );
    }
  }
  const members = new Map<string, string[]>();
  for (const member of groups.keys()) {
    for (const group of above(member, groups)) members.set(group, [...(members.get(group) ?? []), member]);
  }
  const entityTypes = new Map<string, WorldEntity>();
  const actions = new Map<string, WorldAction>();
  for (const [space, namespace] of spaces) {
    for (const [name, type] of Object.entries(namespace.entityTypes)) {
      const written = typeName(qualified(space, name));
      const shape = 'shape' in type ? valueOf(type.shape) : undefined;
      entityTypes.set(written, {
        attributes: shape?.kind === 'Record' ? shape.attributes : {},
        ...('tags' in type && { tags: valueOf(type.tags) }),
        ancestors: [...new Set([written, ...above(written, parents)])].sort(),
        ...described(type),
      });
    }
    for (const [id, action] of Object.entries(namespace.actions)) {
      const uid = actionUid(space, id);
      const written = writtenAction(naming, uid);
      const context = action.appliesTo?.context ? valueOf(action.appliesTo.context) : undefined;
      actions.set(written, {
        uid,
        principals: (action.appliesTo?.principalTypes ?? []).map(typeName).sort(),
        resources: (action.appliesTo?.resourceTypes ?? []).map(typeName).sort(),
        context: context?.kind === 'Record' ? context.attributes : {},
        members: (members.get(written) ?? []).sort(),
        ...described(action),
      });
    }
  }
  return { ...naming, entityTypes, actions, typed: 'yes' };
}

const actionUid = (space: string, id: string): EntityUid => ({ type: qualified(space, 'Action'), id });

/** Everything that is directly or indirectly above a name; the name itself only where it is above itself. */
function above(name: string, parents: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...(parents.get(name) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(parents.get(next) ?? []));
  }
  return found;
}

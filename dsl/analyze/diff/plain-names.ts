import type { EntityUid } from '../../../cedar/ast.ts';
import type { AuthorizationRequest, CedarJson, EntityData } from '../../../cedar/engine.ts';
import { entityKey } from '../../../cedar/slice.ts';
import type { Schema } from '../schema.ts';

/**
 * Calls who asks `somebody` and what is asked about `something`, where their ids do not matter: a solver's names are
 * any, and suggest that they mean something.
 * @param holds whether the request still shows what it is for
 */
export function plainNames(
  request: AuthorizationRequest,
  { entityTypes }: Schema,
  holds: (request: AuthorizationRequest) => boolean,
): AuthorizationRequest {
  const plainly = (current: AuthorizationRequest, from: EntityUid, id: string): AuthorizationRequest => {
    const to = { type: from.type, id };
    // Of an enumerated type, there are no other ids.
    if (entityTypes.get(from.type)?.ids || current.entities.some(({ uid }) => isSame(uid, to)))
      return current;
    const renamed = renaming(current, from, to);
    return holds(renamed) ? renamed : current;
  };
  const named = plainly(request, request.principal, 'somebody');
  return isSame(named.principal, named.resource) ? named : plainly(named, named.resource, 'something');
}

const isSame = (a: EntityUid, b: EntityUid): boolean => entityKey(a) === entityKey(b);

function renaming(request: AuthorizationRequest, from: EntityUid, to: EntityUid): AuthorizationRequest {
  const uid = (each: EntityUid): EntityUid => (isSame(each, from) ? to : each);
  const value = (each: CedarJson): CedarJson => {
    if (typeof each !== 'object') return each;
    if (isList(each)) return each.map(value);
    const { __entity: entity } = each;
    if (isReference(entity)) return { __entity: { ...uid(entity) } };
    return record(each);
  };
  const record = (each: Readonly<Record<string, CedarJson>>): Record<string, CedarJson> =>
    Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, value(inner)]));
  const entity = ({ uid: own, attrs, parents, tags }: EntityData): EntityData => ({
    uid: uid(own),
    attrs: record(attrs),
    parents: parents.map(uid),
    ...(tags && { tags: record(tags) }),
  });
  const { principal, resource, context, entities } = request;
  return {
    ...request,
    principal: uid(principal),
    resource: uid(resource),
    context: record(context),
    entities: entities.map(entity),
  };
}

const isList = (value: CedarJson): value is readonly CedarJson[] => Array.isArray(value);

const isReference = (value: CedarJson | undefined): value is { readonly type: string; readonly id: string } =>
  typeof value === 'object' &&
  'type' in value &&
  typeof value.type === 'string' &&
  'id' in value &&
  typeof value.id === 'string';

import * as fc from 'fast-check';
import type { EntityUid } from '../../cedar/ast.ts';
import { actionEntity } from '../../cedar/closure.ts';
import { type Action, type Attribute, type Model, UNKNOWN_RESOURCE_ID } from '../../cedar/model.ts';
import type { AuthorizationRequest, CedarJson, EntityData } from '../../cedar/request.ts';
import { MODEL, lib } from './fixture.ts';

type Attributes = Readonly<Record<string, CedarJson>>;

/** A request as the backend asks it, with every fact; the gateway's view of it is `gatewayView`. */
export interface FullRequest extends AuthorizationRequest {
  readonly action: EntityUid;
}

// Few values, so that policies and requests often meet; the large ones overflow when they are multiplied.
const string = fc.constantFrom('a', 'b', 'abc');
const long = fc.constantFrom(0, 1, 2, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER);

const valueOf = (type: Attribute['type']): fc.Arbitrary<CedarJson> => {
  switch (type.kind) {
    case 'String':
      return string;
    case 'Long':
      return long;
    case 'Bool':
      return fc.boolean();
    case 'ipaddr':
      return fc.constantFrom('10.0.0.1', '192.168.0.1').map((arg) => ({ __extn: { fn: 'ip', arg } }));
    case 'Entity':
      return fc.constantFrom('m1', 'm2').map((id) => ({ __entity: { ...lib(type.name, id) } }));
    case 'Record':
      return attributesOf(type.attributes);
    default:
      throw new Error(`no values of ${type.kind}`);
  }
};

const attributesOf = (attributes: Readonly<Record<string, Attribute>>): fc.Arbitrary<Attributes> => {
  const values = Object.fromEntries(
    Object.entries(attributes).map(([name, { type }]) => [name, valueOf(type)]),
  );
  const requiredKeys = Object.entries(attributes).flatMap(([name, { required }]) => (required ? [name] : []));
  return fc.record<Record<string, CedarJson>>(values, { requiredKeys });
};

const groupsOf = fc.subarray(['STAFF', 'GUESTS']).map((ids) => ids.map((id) => lib('Group', id)));

const requestOf = (model: Model, name: string, action: Action): fc.Arbitrary<FullRequest> =>
  fc
    .tuple(fc.constantFrom(...action.principals), fc.constantFrom(...action.resources))
    .chain(([principalType, resourceType]) =>
      fc
        .record({
          context: attributesOf(action.context),
          principal: fc.constantFrom('m1', 'm2'),
          groups: groupsOf,
          attrs: attributesOf(model.principalTypes[principalType]?.attributes ?? {}),
          resource: resourceType === 'Endpoint' ? fc.constant(name) : fc.constantFrom('1', '2'),
          folder: fc.subarray(['f1', 'f2']),
          tags: fc.record({ t: string }, { requiredKeys: [] }),
          own: fc.record({ t: long }, { requiredKeys: [] }),
          facts:
            resourceType === 'Endpoint'
              ? fc.constant<Attributes>({
                  method: action.route?.method ?? '',
                  path: action.route?.path ?? '',
                })
              : attributesOf(model.entityTypes[resourceType]?.attributes ?? {}),
        })
        .map(({ context, principal, groups, attrs, resource, folder, tags, own, facts }): FullRequest => {
          const uids = {
            principal: lib(principalType, principal),
            action: lib('Action', name),
            resource: lib(resourceType, resource),
          };
          const parents = resourceType === 'Doc' ? folder.map((id) => lib('Folder', id)) : [];
          return {
            ...uids,
            context,
            entities: [
              {
                uid: uids.principal,
                attrs,
                parents: groups,
                ...(principalType === 'Member' && { tags: own }),
              },
              { uid: uids.resource, attrs: facts, parents, ...(resourceType === 'Doc' && { tags }) },
              actionEntity(model, uids.action),
            ],
          };
        }),
    );

/** Any request of the model, complete and valid. */
export const anyRequest: fc.Arbitrary<FullRequest> = fc.oneof(
  ...Object.entries(MODEL.actions).map(([name, action]) => requestOf(MODEL, name, action)),
);

/** What the gateway can ask of the same request: what only the backend knows is left out, `-` stands for unknown ids. */
export function gatewayView(request: FullRequest): AuthorizationRequest {
  const action = MODEL.actions[request.action.id];
  const source = action?.route?.resource.id.from ?? 'backend';
  const resource = source === 'backend' ? { ...request.resource, id: UNKNOWN_RESOURCE_ID } : request.resource;
  const known = Object.entries(request.context).filter(
    ([name]) => action?.context[name]?.from.source !== 'backend',
  );
  const entities = request.entities.map((entity): EntityData => {
    const isResource = entity.uid.type === request.resource.type && entity.uid.id === request.resource.id;
    if (!isResource) return { uid: entity.uid, attrs: entity.attrs, parents: entity.parents };
    return { uid: resource, attrs: source === 'endpoint' ? entity.attrs : {}, parents: [] };
  });
  return { ...request, resource, context: Object.fromEntries(known), entities };
}

import { actionType } from '../../cedar/closure.ts';
import { ENDPOINT_TYPE, GROUP_TYPE, type Model, UNKNOWN_RESOURCE_ID } from '../../cedar/model.ts';
import { resourceIdOf } from '../../cedar/resource-id.ts';
import type { Identity } from '../identity/identify.ts';
import { ownedId, referAs } from '../identity/principal.ts';
import type { AuthorizationRequest } from '../request/authorization-request.ts';
import type { Operation } from '../request/operation.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';
import type { Refer } from './cedar-value.ts';
import type { EntityData, Question } from './decider.ts';
import { gatewayContext } from './gateway-context.ts';

/**
 * The question of the gateway phase: what is known of a request before anybody looked at its resource. It goes to the
 * gateway's store, whose policies read nothing else.
 */
export function gatewayQuestion(
  identity: Identity,
  operation: Operation,
  request: AuthorizationRequest,
  model: Model,
): { readonly ok: true; readonly question: Question } | Refusal {
  const { row } = identity;
  // Policies are validated for the types that an action is for. Without a schema at run time, a permit for "any
  // principal" would hold for all others too.
  if (!operation.action.principals.includes(row.principalType)) return refuse('PRINCIPAL_TYPE_REFUSED');
  const refer = referAs(model, row.slug);
  const resource = resourceOf(operation, request, refer);
  if (!resource) return refuse('RESOURCE_ID_REFUSED');
  const context = gatewayContext(operation.action.context, request, refer);
  if (!context.ok) return context;
  const [principal, ...groups] = principalWithGroups(identity, refer);
  return {
    ok: true,
    question: {
      slug: row.slug,
      policyStoreId: row.gatewayPolicyStoreId,
      principal: principal.uid,
      action: { type: actionType(model), id: operation.name },
      resource: resource.uid,
      context: context.context,
      entities: [principal, ...groups, resource],
    },
  };
}

type Who = Pick<Identity, 'row' | 'sub' | 'groups' | 'attributes'>;

/** The principal with its groups as parents. */
export const principalOf = (identity: Who, refer: Refer): EntityData => ({
  uid: refer(identity.row.principalType, identity.sub),
  attrs: identity.attributes,
  parents: identity.groups.map((name) => refer(GROUP_TYPE, name)),
});

/** The entities of a principal and of its groups. */
export function principalWithGroups(identity: Who, refer: Refer): readonly [EntityData, ...EntityData[]] {
  const principal = principalOf(identity, refer);
  return [principal, ...principal.parents.map(groupOf)];
}

/** How a principal is called in every log and header. */
export const principalIdOf = ({ row, sub }: Identity): string => ownedId(row.slug, sub);

const groupOf = (uid: EntityData['uid']): EntityData => ({ uid, attrs: {}, parents: [] });

/** No attributes but an Endpoint's: all others are the backend's to know. */
function resourceOf(
  { name, route }: Operation,
  request: AuthorizationRequest,
  refer: Refer,
): EntityData | undefined {
  const { type, id } = route.resource;
  const bare = (resourceId: string): EntityData => ({ uid: refer(type, resourceId), attrs: {}, parents: [] });
  if (id.from === 'endpoint')
    return {
      uid: refer(ENDPOINT_TYPE, name),
      attrs: { method: route.method, path: route.path },
      parents: [],
    };
  if (id.from === 'backend') return bare(UNKNOWN_RESOURCE_ID);
  const read = resourceIdOf(request.pathParameters[id.parameter] ?? '');
  return read.ok ? bare(read.id) : undefined;
}

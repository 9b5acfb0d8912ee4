import { actionType } from '../../cedar/closure.ts';
import { ENDPOINT_TYPE, type Model, type Route, UNKNOWN_RESOURCE_ID } from '../../cedar/model.ts';
import type { Decider, EntityData } from '../decide/decider.ts';
import { principalWithGroups } from '../decide/question.ts';
import { readSubject } from '../identity/claims.ts';
import { referAs } from '../identity/principal.ts';
import type { Claims } from '../identity/verify.ts';
import type { RegistryRow } from '../tables/registry.ts';

/** The claims of a token about to be issued do not fit the API's vocabulary, so nothing can be decided about it. */
export class ClaimsRefused extends Error {
  override readonly name = 'ClaimsRefused';
}

/** Keys of the operations that the holder of a token with these claims may ask for at the gateway. */
export type Grant = (row: RegistryRow, issuer: string, claims: Claims) => Promise<readonly string[]>;

/**
 * Decides about each operation in advance, by the parts of the published policies that hold whatever the request.
 * Sensitive operations are left out: they are decided afresh each time.
 * The function throws ClaimsRefused, and DeciderUnavailable where no recent policies can be read.
 * @param decider of the phase `token`
 */
export const createGrant =
  (model: Model, decider: Decider): Grant =>
  async (row, issuer, claims) => {
    const read = readSubject(claims, issuer, row, model);
    if (!read.ok) throw new ClaimsRefused(`the token would be refused: ${read.reason}`);
    const refer = referAs(model, row.slug);
    const [principal, ...groups] = principalWithGroups({ ...read.subject, row }, refer);
    const granted: string[] = [];
    for (const [name, { route, principals }] of Object.entries(model.actions)) {
      if (!route || route.sensitive || !principals.includes(row.principalType)) continue;
      const resource = resourceOf(name, route, (type) => `${model.namespace}::${type}`);
      const { decision } = await decider.decide({
        slug: row.slug,
        policyStoreId: row.gatewayPolicyStoreId,
        principal: principal.uid,
        action: { type: actionType(model), id: name },
        resource: resource.uid,
        context: {},
        entities: [principal, ...groups, resource],
      });
      if (decision === 'allow') granted.push(route.key);
    }
    return granted;
  };

/** What is known of it before anybody asks: an Endpoint is its operation, of any other resource only the type. */
function resourceOf(
  name: string,
  { method, path, resource: { type, id } }: Route,
  qualified: (type: string) => string,
): EntityData {
  return id.from === 'endpoint'
    ? { uid: { type: qualified(ENDPOINT_TYPE), id: name }, attrs: { method, path }, parents: [] }
    : { uid: { type: qualified(type), id: UNKNOWN_RESOURCE_ID }, attrs: {}, parents: [] };
}

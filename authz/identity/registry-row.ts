import { isCount, isListOf, isMapOf, isOneOf, isOptional, isText, shapeOf } from '../item-shape.ts';
import { DECISION_MODES, type RegistryRow } from '../tables/registry.ts';
import { isTenantAttributes } from './tenant-attributes.ts';

export const isRegistryRow = shapeOf<RegistryRow>({
  pk: isText,
  sk: isText,
  slug: isText,
  kind: isOneOf('customerApp', 'workforceApp', 'serviceClient', 'saasTenant'),
  policyStoreId: isText,
  gatewayPolicyStoreId: isText,
  tokenUse: isOneOf('access', 'id'),
  audiences: isListOf(isText),
  clientIdClaim: isOneOf('client_id', 'azp', 'cid', 'aud'),
  jwksUri: isOptional(isText),
  audience: isOptional(isText),
  groupsClaim: isOptional(isText),
  groups: isOptional(isListOf(isText)),
  principalType: isText,
  claimMap: isMapOf(isText),
  attributes: isOptional(isTenantAttributes),
  decisionMode: isOneOf(...DECISION_MODES),
  dataTenants: isListOf(isText),
  tokenTtlSeconds: isCount,
  usageKey: isOptional(isText),
});

import * as pulumi from '@pulumi/pulumi';
import { registryKey, type RegistryRow } from '../authz/tables/registry.ts';
import { claimOfTenantAttribute } from '../authz/identity/tenant-attributes.ts';
import type { Model } from '../cedar/model.ts';
import type { IssuerIdentity } from '../dsl/tenants/identity.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { Account } from './account.ts';
import type { TenantPool } from './tenant-pool.ts';

/** Which tokens are a tenant's, and what they may say: the part of a registry row that depends on the issuer. */
export type TokenSource = Pick<
  RegistryRow,
  | 'pk'
  | 'sk'
  | 'audiences'
  | 'clientIdClaim'
  | 'claimMap'
  | 'jwksUri'
  | 'audience'
  | 'groupsClaim'
  | 'groups'
  | 'principalType'
>;

/** Tokens of a user pool: their claims are our own token hook's. */
export function poolSource(
  tenant: Tenant,
  model: Model,
  account: Account,
  { pool, client }: Pick<TenantPool, 'pool' | 'client'>,
): pulumi.Output<TokenSource> {
  const principalType = principalTypeOf(tenant, model);
  return pulumi.all([account.region, pool.id, client.id]).apply(([region, poolId, clientId]) => ({
    ...registryKey.client(`https://cognito-idp.${region}.amazonaws.com/${poolId}`, clientId),
    audiences: [clientId],
    clientIdClaim: tenant.tokenUse === 'id' ? ('aud' as const) : ('client_id' as const),
    principalType,
    claimMap: hookClaims(principalType, tenant, model),
  }));
}

/** Tokens of any other issuer, one source for each of its applications: what the tenant's file lists, and no more. */
export function issuerSources(
  tenant: Tenant,
  model: Model,
  identity: IssuerIdentity,
): readonly TokenSource[] {
  const { issuer, clients, clientIdClaim, audience, jwksUri, claims, groupsClaim } = identity;
  return clients.map((client) => ({
    ...registryKey.client(issuer, client),
    audiences: [client],
    clientIdClaim: clientIdClaim ?? (tenant.tokenUse === 'id' ? 'aud' : 'client_id'),
    principalType: principalTypeOf(tenant, model),
    claimMap: Object.fromEntries(Object.entries(claims).map(([attribute, claim]) => [claim, attribute])),
    groups: tenant.groups,
    ...(groupsClaim !== undefined && { groupsClaim }),
    // ID tokens are for the application; only access tokens are for an API.
    ...(audience !== undefined && tenant.tokenUse === 'access' && { audience }),
    ...(jwksUri !== undefined && { jwksUri }),
  }));
}

function principalTypeOf({ kind, slug }: Tenant, model: Model): string {
  const found = Object.entries(model.principalTypes).find(([, type]) => type.kinds.includes(kind));
  if (!found)
    throw new pulumi.RunError(
      `tenant ${slug}: the API document names no principal type for the kind ${kind}`,
    );
  return found[0];
}

function hookClaims(principalType: string, { attributes }: Tenant, model: Model): Record<string, string> {
  const own = Object.entries(model.principalTypes[principalType]?.attributes ?? {});
  const added = Object.keys(attributes[principalType] ?? {});
  return Object.fromEntries([
    ...own.flatMap(([name, { from }]) => (from.source === 'claim' ? [[from.claim, name]] : [])),
    ...added.map((name) => [claimOfTenantAttribute(name), name]),
  ]);
}

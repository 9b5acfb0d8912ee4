import * as pulumi from '@pulumi/pulumi';
import { marshall } from '@aws-sdk/util-dynamodb';
import { TableItem } from '@pulumi/aws/dynamodb/index.js';
import { registryKey, type RegistryRow } from '../authz/tables/registry.ts';
import { claimOfTenantAttribute } from '../authz/identity/tenant-attributes.ts';
import type { Model } from '../cedar/model.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { Account } from './account.ts';
import type { TenantPolicies } from './tenant-policies.ts';
import type { TenantPool } from './tenant-pool.ts';
import type { TenantRegistry } from './tenant-registry.ts';
import { usageKey } from './usage-key.ts';

export interface RegistryRowArgs {
  readonly tenant: Tenant;
  readonly model: Model;
  readonly account: Account;
  readonly registry: TenantRegistry;
  readonly securityProvider: pulumi.ProviderResource;
  readonly pool: TenantPool;
  readonly policies: TenantPolicies;
}

/** What the authorizer trusts about a tenant: which tokens are its own, and which stores answer for it. */
export function registryRow(name: string, args: RegistryRowArgs, parent: pulumi.Resource): TableItem {
  const { tenant, model, account, pool, policies } = args;
  const principalType = principalTypeOf(tenant, model);
  const row = pulumi
    .all([account.region, pool.pool.id, pool.client.id, policies.store.id, policies.gatewayStore.id])
    .apply(([region, poolId, clientId, policyStoreId, gatewayPolicyStoreId]): RegistryRow => ({
      ...registryKey.client(`https://cognito-idp.${region}.amazonaws.com/${poolId}`, clientId),
      slug: tenant.slug,
      kind: tenant.kind,
      policyStoreId,
      gatewayPolicyStoreId,
      tokenUse: tenant.tokenUse,
      audiences: [clientId],
      clientIdClaim: tenant.tokenUse === 'id' ? 'aud' : 'client_id',
      principalType,
      claimMap: claimMapOf(principalType, tenant, model),
      ...(Object.keys(tenant.attributes).length > 0 && { attributes: tenant.attributes }),
      decisionMode: tenant.decisionMode,
      dataTenants: tenant.dataTenants,
      tokenTtlSeconds: tenant.tokenTtlSeconds,
      usageKey: usageKey(tenant.slug),
    }));
  const { table, guard } = args.registry.registry;
  return new TableItem(
    name,
    {
      tableName: table.name,
      hashKey: table.hashKey,
      rangeKey: 'sk',
      item: row.apply((value) => JSON.stringify(marshall(value))),
    },
    { parent, provider: args.securityProvider, dependsOn: [guard] },
  );
}

function principalTypeOf({ kind, slug }: Tenant, model: Model): string {
  const found = Object.entries(model.principalTypes).find(([, type]) => type.kinds.includes(kind));
  if (!found)
    throw new pulumi.RunError(
      `tenant ${slug}: the API document names no principal type for the kind ${kind}`,
    );
  return found[0];
}

function claimMapOf(principalType: string, { attributes }: Tenant, model: Model): Record<string, string> {
  const own = Object.entries(model.principalTypes[principalType]?.attributes ?? {});
  const added = Object.keys(attributes[principalType] ?? {});
  return Object.fromEntries([
    ...own.flatMap(([name, { from }]) => (from.source === 'claim' ? [[from.claim, name]] : [])),
    ...added.map((name) => [claimOfTenantAttribute(name), name]),
  ]);
}

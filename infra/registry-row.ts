import * as pulumi from '@pulumi/pulumi';
import { marshall } from '@aws-sdk/util-dynamodb';
import { TableItem } from '@pulumi/aws/dynamodb/index.js';
import type { RegistryRow } from '../authz/tables/registry.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { TenantPolicies } from './tenant-policies.ts';
import type { TenantRegistry } from './tenant-registry.ts';
import type { TokenSource } from './token-source.ts';
import { usageKey } from './usage-key.ts';

export interface RegistryRowArgs {
  readonly tenant: Tenant;
  readonly registry: TenantRegistry;
  readonly securityProvider: pulumi.ProviderResource;
  readonly source: pulumi.Input<TokenSource>;
  readonly policies: TenantPolicies;
}

/** What the authorizer trusts about a tenant: which tokens are its own, and which stores answer for it. */
export function registryRow(name: string, args: RegistryRowArgs, parent: pulumi.Resource): TableItem {
  const { tenant, source, policies } = args;
  const row = pulumi
    .all([pulumi.output(source), policies.store.id, policies.gatewayStore.id])
    .apply(([tokens, policyStoreId, gatewayPolicyStoreId]): RegistryRow => ({
      ...tokens,
      slug: tenant.slug,
      kind: tenant.kind,
      policyStoreId,
      gatewayPolicyStoreId,
      tokenUse: tenant.tokenUse,
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

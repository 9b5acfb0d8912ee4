import * as pulumi from '@pulumi/pulumi';
import { marshall } from '@aws-sdk/util-dynamodb';
import { TableItem } from '@pulumi/aws/dynamodb/index.js';
import { registryKey, type StageRow } from '../authz/tables/registry.ts';
import type { Settings } from './config-keys.ts';
import type { SecurityRole } from './security-role.ts';
import type { TenantRegistry } from './tenant-registry.ts';

export interface StageRowArgs {
  readonly protocol: StageRow['protocol'];
  readonly gateway: { readonly apiId: pulumi.Output<string>; readonly stageName: pulumi.Output<string> };
  readonly settings: Settings;
  readonly registry: TenantRegistry;
  readonly security: SecurityRole;
}

/** Tells whoever suspends a tenant what there is to wait for, and what remembers decisions for how long. */
export function stageRow(name: string, args: StageRowArgs): TableItem {
  const { protocol, gateway, settings, security } = args;
  const { table, guard } = args.registry.registry;
  const row = pulumi.all([gateway.apiId, gateway.stageName]).apply(([apiId, stageName]): StageRow => ({
    ...registryKey.stage(apiId, stageName),
    protocol,
    apiId,
    stageName,
    // An authorizer of a WebSocket API is asked every time.
    gatewayTtlSeconds: protocol === 'websocket' ? 0 : settings.gatewayTtlSeconds,
    registryStalenessSeconds: settings.registryStalenessSeconds,
  }));
  return new TableItem(
    name,
    {
      tableName: table.name,
      hashKey: table.hashKey,
      rangeKey: 'sk',
      item: row.apply((value) => JSON.stringify(marshall(value))),
    },
    { provider: security.provider, dependsOn: [guard] },
  );
}

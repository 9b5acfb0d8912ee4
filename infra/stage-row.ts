import * as pulumi from '@pulumi/pulumi';
import { marshall } from '@aws-sdk/util-dynamodb';
import { TableItem } from '@pulumi/aws/dynamodb/index.js';
import { registryKey, type StageRow } from '../authz/tables/registry.ts';
import type { Settings } from './config-keys.ts';
import type { SecurityRole } from './security-role.ts';
import type { TenantRegistry } from './tenant-registry.ts';

export interface StageRowArgs extends Pick<StageRow, 'protocol'> {
  readonly apiId: pulumi.Input<string>;
  readonly stageName: pulumi.Input<string>;
  readonly settings: Settings;
  readonly registry: TenantRegistry;
  readonly security: SecurityRole;
}

/** Tells whoever suspends a tenant that there is a stage which remembers decisions, and for how long. */
export function stageRow(name: string, args: StageRowArgs): TableItem {
  const { protocol, settings, security } = args;
  const { table, guard } = args.registry.registry;
  const row = pulumi.all([args.apiId, args.stageName]).apply(([apiId, stageName]): StageRow => ({
    ...registryKey.stage(apiId, stageName),
    protocol,
    apiId,
    stageName,
    gatewayTtlSeconds: settings.gatewayTtlSeconds,
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

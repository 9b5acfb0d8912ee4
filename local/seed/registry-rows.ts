import { paginateScan, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { userPoolOf } from '../../authz/identity/cognito-issuer.ts';
import { isRegistryRow } from '../../authz/identity/registry-row.ts';
import type { RegistryRow } from '../../authz/tables/registry.ts';
import { tableName } from '../settings.ts';

/** Every tenant of a running cloud, with its pool and client. */
export async function registryRows(client: DynamoDBClient): Promise<RegistryRow[]> {
  const rows: RegistryRow[] = [];
  const query = {
    TableName: tableName('registry'),
    FilterExpression: 'begins_with(pk, :issuer)',
    ExpressionAttributeValues: { ':issuer': { S: 'iss#' } },
  };
  for await (const { Items = [] } of paginateScan({ client }, query)) {
    rows.push(...Items.map((item) => unmarshall(item)).filter(isRegistryRow));
  }
  return rows;
}

/** Undefined for tenants whose issuer is no user pool. */
export const poolOf = ({ pk }: RegistryRow): string | undefined => userPoolOf(issuerOf({ pk }));
export const issuerOf = ({ pk }: Pick<RegistryRow, 'pk'>): string => pk.slice('iss#'.length);
export const clientOf = ({ sk }: RegistryRow): string => sk.slice('client#'.length);

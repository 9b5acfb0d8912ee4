import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { isCount, isOneOf, isText, shapeOf } from '../item-shape.ts';
import type { StageRow } from '../tables/registry.ts';
import type { RegistryTable } from './suspension.ts';

const isStageRow = shapeOf<StageRow>({
  pk: isOneOf('stages'),
  sk: isText,
  protocol: isOneOf('rest', 'http', 'websocket'),
  apiId: isText,
  stageName: isText,
  gatewayTtlSeconds: isCount,
  registryStalenessSeconds: isCount,
});

/** Every stage that there is. @throws TypeError for a row of another shape: its gateway would be left out */
export async function stagesOf({ documents, table }: RegistryTable): Promise<readonly StageRow[]> {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :stages',
      ExpressionAttributeValues: { ':stages': 'stages' satisfies StageRow['pk'] },
      ConsistentRead: true,
    },
  );
  const rows: StageRow[] = [];
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      if (!isStageRow(item)) throw new TypeError('not a row of a stage');
      rows.push(item);
    }
  }
  return rows;
}

/**
 * Where DELETE makes a stage forget (API Gateway API Reference: FlushStageAuthorizersCache, ResetAuthorizersCache).
 * Undefined where nothing is remembered.
 */
export const cachePath = ({ protocol, apiId, stageName }: StageRow): string | undefined =>
  protocol === 'websocket'
    ? undefined
    : `${protocol === 'rest' ? '/restapis' : '/v2/apis'}/${apiId}/stages/${encodeURIComponent(stageName)}/cache/authorizers`;

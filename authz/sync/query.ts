import { paginateQuery, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** An item of any of our tables. */
export interface Keyed {
  readonly pk: string;
  readonly sk: string;
}

const isKeyed = (item: object): item is Keyed =>
  'pk' in item && typeof item.pk === 'string' && 'sk' in item && typeof item.sk === 'string';

/** All items of one partition, as they are now: whoever woke the sync may have seen more than a lagging read shows. */
export async function queryAll(
  documents: DynamoDBDocumentClient,
  table: string,
  pk: string,
): Promise<Keyed[]> {
  const found: Keyed[] = [];
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
    },
  );
  for await (const { Items = [] } of pages) found.push(...Items.filter(isKeyed));
  return found;
}

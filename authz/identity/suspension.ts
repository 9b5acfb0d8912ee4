import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { isOneOf, isText, shapeOf } from '../item-shape.ts';
import { registryKey, type SuspensionRow } from '../tables/registry.ts';

/** The registry table, as its only writer sees it. */
export interface RegistryTable {
  readonly documents: DynamoDBDocumentClient;
  readonly table: string;
}

const isSuspensionRow = shapeOf<SuspensionRow>({
  pk: isText,
  sk: isOneOf('status'),
  since: isText,
  by: isText,
});

/**
 * Suspends a tenant. A suspension that is there already stays as it is: it says since when and by whom.
 * @returns the suspension that holds, and whether it is new
 */
export async function suspend(
  { documents, table }: RegistryTable,
  slug: string,
  { since, by }: Pick<SuspensionRow, 'since' | 'by'>,
): Promise<{ readonly suspension: SuspensionRow; readonly isNew: boolean }> {
  const suspension: SuspensionRow = { ...registryKey.suspension(slug), since, by };
  const isNew = await happened(
    documents.send(
      new PutCommand({
        TableName: table,
        Item: suspension,
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
  if (isNew) return { suspension, isNew };
  const Key = registryKey.suspension(slug);
  const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  return { suspension: isSuspensionRow(Item) ? Item : suspension, isNew };
}

/** Ends a suspension. @returns whether there was one */
export const resume = ({ documents, table }: RegistryTable, slug: string): Promise<boolean> =>
  happened(
    documents.send(
      new DeleteCommand({
        TableName: table,
        Key: registryKey.suspension(slug),
        ConditionExpression: 'attribute_exists(pk)',
      }),
    ),
  );

async function happened(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

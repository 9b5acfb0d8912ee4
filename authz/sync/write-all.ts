import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  DeleteCommand,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';
import type { StateTable } from './state.ts';

export type Write = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

/** Of one request (DynamoDB API Reference, BatchWriteItem). */
const MOST_WRITES = 25;

/** Writes items whose order does not matter, each of a key of its own, with few requests. */
export async function writeAll({ documents, table }: StateTable, writes: readonly Write[]): Promise<void> {
  const one = async ({ PutRequest, DeleteRequest }: Write): Promise<void> => {
    if (PutRequest) await documents.send(new PutCommand({ TableName: table, Item: PutRequest.Item }));
    if (DeleteRequest) await documents.send(new DeleteCommand({ TableName: table, Key: DeleteRequest.Key }));
  };
  for (let start = 0; start < writes.length; start += MOST_WRITES) {
    const RequestItems = { [table]: writes.slice(start, start + MOST_WRITES) };
    const { UnprocessedItems = {} } = await documents.send(new BatchWriteCommand({ RequestItems }));
    // A table that is throttled leaves some undone and calls that no error. One by one, the client waits and repeats.
    for (const left of UnprocessedItems[table] ?? []) await one(left);
  }
}

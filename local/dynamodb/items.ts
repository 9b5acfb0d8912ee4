import { json, jsonList, optionalJson, text, isJson, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { commit } from './commit.ts';
import type { Call } from './item-store.ts';
import { keyOf, locked, type Table, type Tables, type Target } from './table.ts';

/** Operations on single items and batches, and reads. All of them pass the locks of their tables. */
export function itemOperations(
  call: Call,
  tables: Tables,
): Readonly<Record<string, (input: Json) => Promise<Json>>> {
  const read =
    (operation: string) =>
    (input: Json): Promise<Json> =>
      locked(
        'shared',
        namesIn(input).map((name) => tables.get(name)),
        () => call(operation, input),
      );

  const write =
    (operation: string, keyIn: (table: Table, input: Json) => Json) =>
    (input: Json): Promise<Json> => {
      const table = tables.named(text(input, 'TableName'));
      return commit(call, [{ table, key: keyIn(table, input) }], async ([before]) => {
        try {
          return await call(operation, input);
        } catch (error) {
          throw withItem(error, input, before?.item);
        }
      });
    };

  return {
    GetItem: read('GetItem'),
    BatchGetItem: read('BatchGetItem'),
    Query: read('Query'),
    Scan: read('Scan'),
    PutItem: write('PutItem', (table, input) => keyOf(table, json(input, 'Item'))),
    UpdateItem: write('UpdateItem', (_table, input) => json(input, 'Key')),
    DeleteItem: write('DeleteItem', (_table, input) => json(input, 'Key')),
    BatchWriteItem: (input) => commit(call, batchTargets(tables, input), () => call('BatchWriteItem', input)),
  };
}

/** Names of the tables that an operation reads. */
const namesIn = (input: Json): readonly string[] =>
  isJson(input['RequestItems']) ? Object.keys(input['RequestItems']) : [text(input, 'TableName')];

function batchTargets(tables: Tables, input: Json): Target[] {
  const requests = json(input, 'RequestItems');
  return Object.keys(requests).flatMap((name) => {
    const table = tables.named(name);
    return jsonList(requests, name).map((request) => {
      const put = optionalJson(request, 'PutRequest');
      return {
        table,
        key: put ? keyOf(table, json(put, 'Item')) : json(json(request, 'DeleteRequest'), 'Key'),
      };
    });
  });
}

/** `ReturnValuesOnConditionCheckFailure`, which dynalite does not know. */
export function withItem(error: unknown, input: Json, item: Json | undefined): unknown {
  const isWanted = input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD' && item !== undefined;
  return isWanted && error instanceof AwsError && error.code === 'ConditionalCheckFailedException'
    ? new AwsError(error.code, error.message, { Item: item })
    : error;
}

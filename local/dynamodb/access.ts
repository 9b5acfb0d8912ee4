import { json, jsonList, optionalText, text, type Json } from '../aws/input.ts';
import { transactParts } from './transactions.ts';

export interface Needed {
  readonly action: string;
  readonly resource: string;
}

export type ArnOf = (tableName: string) => string;

/** Which permissions an operation needs, on which ARNs (Service Authorization Reference, Amazon DynamoDB). */
export function neededFor(operation: string, input: Json, arnOf: ArnOf): readonly Needed[] {
  const action = `dynamodb:${operation}`;
  switch (operation) {
    case 'ListTables':
      return [{ action, resource: '*' }];
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys(json(input, 'RequestItems')).map((name) => ({ action, resource: arnOf(name) }));
    case 'TransactGetItems':
      return jsonList(input, 'TransactItems').map((part) => ({
        action: 'dynamodb:GetItem',
        resource: arnOf(text(json(part, 'Get'), 'TableName')),
      }));
    case 'TransactWriteItems':
      return transactParts(input).map(({ kind, input: part }) => ({
        action: `dynamodb:${kind}Item`,
        resource: arnOf(text(part, 'TableName')),
      }));
    default:
      return [
        { action, resource: input['ResourceArn'] ? text(input, 'ResourceArn') : tableOrIndex(input, arnOf) },
      ];
  }
}

function tableOrIndex(input: Json, arnOf: ArnOf): string {
  const index = optionalText(input, 'IndexName');
  return `${arnOf(text(input, 'TableName'))}${index ? `/index/${index}` : ''}`;
}

/** As `neededFor`, for DynamoDB Streams. An iterator begins with its stream's ARN. */
export function neededForStream(operation: string, input: Json, arnOf: ArnOf): readonly Needed[] {
  const action = `dynamodb:${operation}`;
  if (operation === 'ListStreams') return [{ action, resource: `${arnOf('*')}/stream/*` }];
  const resource =
    operation === 'GetRecords' ? text(input, 'ShardIterator').split('|')[0]! : text(input, 'StreamArn');
  return [{ action, resource }];
}

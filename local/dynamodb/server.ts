import type { Json } from '../aws/input.ts';
import { AwsError, type AwsJsonService, type Caller } from '../aws/service.ts';
import type { Iam } from '../iam/authorize.ts';
import { neededFor, neededForStream, type ArnOf, type Needed } from './access.ts';
import { attachmentOperations } from './attachments.ts';
import { createItemStore } from './item-store.ts';
import { itemOperations } from './items.ts';
import { streamOperations } from './stream-operations.ts';
import type { Stream } from './stream.ts';
import { tableOperations } from './table-operations.ts';
import { createTables, type Tables } from './table.ts';
import { transactionOperations } from './transactions.ts';

export interface DynamoDbArgs {
  readonly iam: Iam;
  readonly region: string;
  readonly account: string;
}

export interface DynamoDb {
  /** DynamoDB and DynamoDB Streams: two protocols of one service. */
  readonly services: readonly AwsJsonService[];
  /** As a client's call, on behalf of a role. */
  call(operation: string, input: Json, caller: Caller): Promise<object>;
  stream(arn: string): Stream | undefined;
}

type Operations = Readonly<Record<string, (input: Json) => Promise<object>>>;

/**
 * DynamoDB over dynalite, with what dynalite lacks: streams, transactions, the guards of resource policies. All state
 * is in memory and goes with the process.
 */
export function createDynamoDb({ iam, region, account }: DynamoDbArgs): DynamoDb {
  const call = createItemStore();
  const tables = createTables();
  const arnOf: ArnOf = (name) => `arn:aws:dynamodb:${region}:${account}:table/${name}`;

  const service = (
    target: string,
    operations: Operations,
    needed: (operation: string, input: Json, arnOf: ArnOf) => readonly Needed[],
  ): AwsJsonService => ({
    target,
    version: '1.0',
    async call(operation, input, caller) {
      const run = operations[operation];
      if (!run)
        throw new AwsError('UnknownOperationException', `The embedded cloud does not know ${operation}`);
      for (const { action, resource } of needed(operation, input, arnOf)) {
        iam.authorize({ caller, action, resource, resourcePolicy: policyOf(tables, resource) });
      }
      return run(input);
    },
  });

  const dynamodb = service(
    'DynamoDB_20120810',
    {
      ...tableOperations({ call, tables, region, account }),
      ...itemOperations(call, tables),
      ...transactionOperations(call, tables),
      ...attachmentOperations(tables),
    },
    neededFor,
  );
  return {
    services: [dynamodb, service('DynamoDBStreams_20120810', streamOperations(tables), neededForStream)],
    call: (operation, input, caller) => dynamodb.call(operation, input, caller),
    stream: (arn) => tables.all().find((table) => table.stream?.arn === arn)?.stream,
  };
}

/** A table's policy speaks for its indexes too. Streams have policies of their own, which nothing here attaches. */
const policyOf = (tables: Tables, resource: string): object | undefined =>
  tables.all().find(({ arn }) => resource === arn || resource.startsWith(`${arn}/index/`))?.policy?.document;

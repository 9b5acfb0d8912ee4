import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { portOf } from './issuer.ts';

/** A real DynamoDB wire, in this process, with one table for every purpose: keys never collide between purposes. */
export interface Tables {
  readonly documents: DynamoDBDocumentClient;
  readonly table: string;
  put(item: object): Promise<void>;
  remove(key: { readonly pk: string; readonly sk: string }): Promise<void>;
  /** Ends the server: from then on the table cannot be reached. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

const TABLE = 'items';

export async function startTables(): Promise<Tables> {
  const server = dynalite({ createTableMs: 0 });
  // Node's 5 seconds would close a connection just when a client that tries once uses it again.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${portOf(server)}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  // dynalite answers before the table is there to be used.
  const describe = new DescribeTableCommand({ TableName: TABLE });
  while ((await client.send(describe)).Table?.TableStatus !== 'ACTIVE');
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  let closed: Promise<void> | undefined;
  server.on('request', (_request, response) => {
    response.once('close', () => closed && server.closeIdleConnections());
  });
  // What is being answered is answered: dynalite throws, outside of any request, when its data are gone meanwhile.
  const stop = (): Promise<void> => (closed ??= new Promise((resolve) => server.close(() => resolve())));
  return {
    documents,
    table: TABLE,
    put: async (item) => void (await documents.send(new PutCommand({ TableName: TABLE, Item: { ...item } }))),
    remove: async ({ pk, sk }) =>
      void (await documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk, sk } }))),
    stop,
    async close() {
      await stop();
      client.destroy();
    },
  };
}

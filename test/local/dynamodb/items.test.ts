import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { expect } from 'chai';
import { serveData, type DataCloud } from '../serve-data.ts';
import { makeTable, recordsOf } from './table.ts';

describe('The DynamoDB front', () => {
  let cloud: DataCloud;
  let documents: DynamoDBDocumentClient;
  let raw: DynamoDBClient;

  before(async () => {
    cloud = await serveData();
    raw = new DynamoDBClient(cloud.client('somebody'));
    documents = DynamoDBDocumentClient.from(raw);
  });
  after(async () => {
    raw.destroy();
    await cloud.close();
  });

  const thrown = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

  describe('DynamoDB streams', () => {
    it('record inserts, changes and removals with both images, in the order of the writes', async () => {
      const { name, streamArn } = await makeTable(cloud, 'history');
      await documents.send(new PutCommand({ TableName: name, Item: { pk: 'a', sk: '1', n: 1 } }));
      await documents.send(
        new UpdateCommand({
          TableName: name,
          Key: { pk: 'a', sk: '1' },
          UpdateExpression: 'SET n = n + :one',
          ExpressionAttributeValues: { ':one': 1 },
        }),
      );
      await documents.send(new DeleteCommand({ TableName: name, Key: { pk: 'a', sk: '1' } }));
      const records = await recordsOf(cloud, streamArn);
      expect(
        records.map(({ eventName, dynamodb }) => [
          eventName,
          dynamodb?.OldImage?.['n']?.N,
          dynamodb?.NewImage?.['n']?.N,
        ]),
      ).to.eql([
        ['INSERT', undefined, '1'],
        ['MODIFY', '1', '2'],
        ['REMOVE', '2', undefined],
      ]);
      for (const { dynamodb } of records) expect(dynamodb?.Keys).to.eql({ pk: { S: 'a' }, sk: { S: '1' } });
      const numbers = records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
      expect(numbers).to.eql(numbers.toSorted());
      expect(new Set(numbers).size).to.equal(3);
    });

    it('have no record of a write that changed nothing, or failed', async () => {
      const { name, streamArn } = await makeTable(cloud, 'quiet');
      const put = { TableName: name, Item: { pk: 'a', sk: '1', n: 1 } };
      await documents.send(new PutCommand(put));
      await documents.send(new PutCommand(put));
      await documents.send(new DeleteCommand({ TableName: name, Key: { pk: 'absent', sk: '1' } }));
      await thrown(
        documents.send(
          new PutCommand({
            ...put,
            Item: { ...put.Item, n: 2 },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
      expect(await recordsOf(cloud, streamArn)).to.have.length(1);
    });

    it('have one record for each of 200 concurrent additions, and none is lost', async () => {
      const { name, streamArn } = await makeTable(cloud, 'counter');
      const add = new UpdateCommand({
        TableName: name,
        Key: { pk: 'a', sk: '1' },
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': 1 },
      });
      await Promise.all(Array.from({ length: 200 }, () => documents.send(add)));
      const { Item } = await documents.send(new GetCommand({ TableName: name, Key: { pk: 'a', sk: '1' } }));
      expect(Item?.['n']).to.equal(200);
      const values = (await recordsOf(cloud, streamArn)).map(({ dynamodb }) =>
        Number(dynamodb?.NewImage?.['n']?.N),
      );
      expect(values).to.eql(Array.from({ length: 200 }, (_, index) => index + 1));
    });

    it('record each item of a batch', async () => {
      const { name, streamArn } = await makeTable(cloud, 'batch');
      await documents.send(new PutCommand({ TableName: name, Item: { pk: 'old', sk: '1' } }));
      await documents.send(
        new BatchWriteCommand({
          RequestItems: {
            [name]: [
              { PutRequest: { Item: { pk: 'new', sk: '1' } } },
              { DeleteRequest: { Key: { pk: 'old', sk: '1' } } },
            ],
          },
        }),
      );
      expect((await recordsOf(cloud, streamArn)).map(({ eventName }) => eventName)).to.eql([
        'INSERT',
        'INSERT',
        'REMOVE',
      ]);
    });
  });

  describe('DynamoDB transactions', () => {
    const put = (name: string, pk: string, more: object = {}) => ({
      Put: { TableName: name, Item: { pk, sk: '1' }, ...more },
    });

    it('write all items, over several tables', async () => {
      const [one, two] = [await makeTable(cloud, 'both-1'), await makeTable(cloud, 'both-2')];
      await documents.send(
        new TransactWriteCommand({ TransactItems: [put(one.name, 'a'), put(two.name, 'a')] }),
      );
      const { Responses = [] } = await documents.send(
        new TransactGetCommand({
          TransactItems: [one, two].map(({ name }) => ({
            Get: { TableName: name, Key: { pk: 'a', sk: '1' } },
          })),
        }),
      );
      expect(Responses).to.have.length(2);
      for (const { Item } of Responses) expect(Item).to.eql({ pk: 'a', sk: '1' });
    });

    it('leave nothing when one part fails: no item, no record, and a reason for each part', async () => {
      const { name, streamArn } = await makeTable(cloud, 'rolled-back');
      await documents.send(new PutCommand({ TableName: name, Item: { pk: 'there', sk: '1', n: 1 } }));
      const error = await thrown(
        documents.send(
          new TransactWriteCommand({
            TransactItems: [
              put(name, 'new'),
              {
                Update: {
                  TableName: name,
                  Key: { pk: 'there', sk: '1' },
                  UpdateExpression: 'SET n = :two',
                  ExpressionAttributeValues: { ':two': 2 },
                },
              },
              put(name, 'other', { ConditionExpression: 'attribute_exists(pk)' }),
            ],
          }),
        ),
      );
      expect(error).to.have.property('name', 'TransactionCanceledException');
      expect(error).to.have.property('CancellationReasons').that.has.length(3);
      expect(String(error)).to.contain('[None, None, ConditionalCheckFailed]');
      const { Items } = await documents.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'there' },
        }),
      );
      expect(Items).to.eql([{ pk: 'there', sk: '1', n: 1 }]);
      const { Item } = await documents.send(new GetCommand({ TableName: name, Key: { pk: 'new', sk: '1' } }));
      expect(Item).to.equal(undefined);
      expect(await recordsOf(cloud, streamArn)).to.have.length(1);
    });

    it('check a condition without writing', async () => {
      const { name, streamArn } = await makeTable(cloud, 'checked');
      const check = {
        ConditionCheck: {
          TableName: name,
          Key: { pk: 'a', sk: '1' },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      };
      await documents.send(new TransactWriteCommand({ TransactItems: [check, put(name, 'b')] }));
      expect((await recordsOf(cloud, streamArn)).map(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S)).to.eql([
        'b',
      ]);
    });

    it('never show a reader the state between', async () => {
      const { name } = await makeTable(cloud, 'isolated');
      const caller = { accessKeyId: 'somebody' };
      const parts = Array.from({ length: 50 }, (_, n) => ({
        Put: { TableName: name, Item: { pk: { S: 'seen' }, sk: { S: String(n) } } },
      }));
      const failing = {
        ConditionCheck: {
          TableName: name,
          Key: { pk: { S: 'x' }, sk: { S: 'x' } },
          ConditionExpression: 'attribute_exists(pk)',
        },
      };
      const ended = new AbortController();
      // In process: the transaction lasts about as long as one call over HTTP.
      const transaction = thrown(
        cloud.dynamodb.call('TransactWriteItems', { TransactItems: [...parts, failing] }, caller),
      ).finally(() => {
        ended.abort();
      });
      const counts = new Set<unknown>();
      const isRunning = (): boolean => !ended.signal.aborted;
      while (isRunning()) {
        const scanned = await cloud.dynamodb.call('Scan', { TableName: name }, caller);
        counts.add('Count' in scanned && scanned.Count);
      }
      expect(await transaction).to.have.property('code', 'TransactionCanceledException');
      expect([...counts]).to.eql([0]);
    });

    it('are done once for one client token, and refuse another request under it', async () => {
      const { name, streamArn } = await makeTable(cloud, 'once');
      const add = (n: number) =>
        new TransactWriteCommand({
          ClientRequestToken: 'token-1',
          TransactItems: [
            {
              Update: {
                TableName: name,
                Key: { pk: 'a', sk: '1' },
                UpdateExpression: 'ADD n :n',
                ExpressionAttributeValues: { ':n': n },
              },
            },
          ],
        });
      await documents.send(add(1));
      await documents.send(add(1));
      expect(await recordsOf(cloud, streamArn)).to.have.length(1);
      expect(await thrown(documents.send(add(2)))).to.have.property(
        'name',
        'IdempotentParameterMismatchException',
      );
    });

    it('refuse two writes of one item', async () => {
      const { name } = await makeTable(cloud, 'twice');
      const error = await thrown(
        documents.send(new TransactWriteCommand({ TransactItems: [put(name, 'a'), put(name, 'a')] })),
      );
      expect(error).to.have.property('name', 'ValidationException');
    });
  });

  describe('DynamoDB errors', () => {
    it('have the types that the SDK knows', async () => {
      const missing = await thrown(
        raw.send(new GetItemCommand({ TableName: 'missing', Key: { pk: { S: 'a' } } })),
      );
      expect(missing).to.be.instanceOf(ResourceNotFoundException);
    });

    it('of a failed condition carry the item where that is asked for', async () => {
      const { name } = await makeTable(cloud, 'conditional');
      const item = { pk: { S: 'a' }, sk: { S: '1' } };
      const command = new PutItemCommand({
        TableName: name,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      await raw.send(command);
      const error = await thrown(raw.send(command));
      expect(error).to.be.instanceOf(ConditionalCheckFailedException).with.deep.property('Item', item);
    });
  });
});

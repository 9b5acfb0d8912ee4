import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { serveData, type DataCloud } from '../serve-data.ts';
import { makeTable } from './table.ts';

const TABLE = 'aws:dynamodb/table:Table';
const ITEM = 'aws:dynamodb/tableItem:TableItem';

describe('DynamoDB resources', () => {
  let cloud: DataCloud;
  let client: DynamoDBClient;

  before(async () => {
    cloud = await serveData();
    client = new DynamoDBClient(cloud.client('somebody'));
  });
  after(async () => {
    client.destroy();
    await cloud.close();
  });

  describe('A table of the program', () => {
    it('is described as it was declared', async () => {
      const { name, arn, streamArn } = await makeTable(cloud, 'declared', {
        serverSideEncryption: { enabled: true },
        pointInTimeRecovery: { enabled: true },
      });
      const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
      expect(Table).to.include({
        TableArn: arn,
        LatestStreamArn: streamArn,
        DeletionProtectionEnabled: false,
      });
      expect(Table?.SSEDescription?.Status).to.equal('ENABLED');
      const { ContinuousBackupsDescription } = await client.send(
        new DescribeContinuousBackupsCommand({ TableName: name }),
      );
      expect(
        ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus,
      ).to.equal('ENABLED');
    });

    it('that is protected is not deleted before its protection is taken off', async () => {
      const { name, inputs, state } = await makeTable(cloud, 'protected', {
        deletionProtectionEnabled: true,
      });
      const handler = cloud.handler(TABLE);
      const refused = await handler.delete(name, state).catch((error: unknown) => String(error));
      expect(refused).to.contain('protected against deletion');
      await handler.update(name, { ...inputs, deletionProtectionEnabled: false }, state);
      await handler.delete(name, state);
      const gone = await client
        .send(new DescribeTableCommand({ TableName: name }))
        .catch((error: Error) => error.name);
      expect(gone).to.equal('ResourceNotFoundException');
    });
  });

  describe('An item of the program', () => {
    const inputs = (tableName: string, item: object) => ({
      tableName,
      hashKey: 'pk',
      rangeKey: 'sk',
      item: JSON.stringify(item),
    });
    const read = async (name: string, pk: string) =>
      (await client.send(new GetItemCommand({ TableName: name, Key: { pk: { S: pk }, sk: { S: '1' } } })))
        .Item;

    it('is made, changed and deleted', async () => {
      const { name } = await makeTable(cloud, 'items');
      const handler = cloud.handler(ITEM);
      const first = inputs(name, { pk: { S: 'a' }, sk: { S: '1' }, n: { N: '1' } });
      const { id, state } = await handler.create(first, 'item');
      const second = await handler.update(
        id,
        inputs(name, { pk: { S: 'a' }, sk: { S: '1' }, n: { N: '2' } }),
        state,
      );
      expect((await read(name, 'a'))?.['n']).to.eql({ N: '2' });
      const moved = await handler.update(id, inputs(name, { pk: { S: 'b' }, sk: { S: '1' } }), second);
      expect(await read(name, 'a')).to.equal(undefined);
      expect(await read(name, 'b')).to.eql({ pk: { S: 'b' }, sk: { S: '1' } });
      await handler.delete(id, moved);
      expect(await read(name, 'b')).to.equal(undefined);
    });

    it('does not take over an item that is there already', async () => {
      const { name } = await makeTable(cloud, 'taken');
      const item = inputs(name, { pk: { S: 'a' }, sk: { S: '1' } });
      await cloud.deploy(ITEM, 'first', item);
      const error = await cloud.deploy(ITEM, 'second', item).catch((thrown: unknown) => thrown);
      expect(error).to.have.property('code', 'ConditionalCheckFailedException');
    });
  });
});

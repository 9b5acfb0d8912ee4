import { DynamoDBClient, DescribeTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { expect } from 'chai';
import { SECURITY_ROLE, serveData, type DataCloud } from '../serve-data.ts';
import { makeTable, recordsOf, type MadeTable } from './table.ts';

let cloud: DataCloud;
let table: MadeTable;
const clients: DynamoDBClient[] = [];

const as = (accessKeyId: string): DynamoDBDocumentClient => {
  const client = new DynamoDBClient(cloud.client(accessKeyId));
  clients.push(client);
  return DynamoDBDocumentClient.from(client);
};
const nameOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.name : error),
  );

describe('A guarded table', () => {
  before(async () => {
    cloud = await serveData();
    table = await makeTable(cloud, 'guarded');
    await cloud.deploy('aws:dynamodb/resourcePolicy:ResourcePolicy', 'guard', {
      resourceArn: table.arn,
      policy: JSON.stringify({
        Statement: {
          Effect: 'Deny',
          Principal: '*',
          Action: ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map((op) => `dynamodb:${op}`),
          Resource: table.arn,
          Condition: { ArnNotEquals: { 'aws:PrincipalArn': SECURITY_ROLE } },
        },
      }),
    });
    await cloud.role('almighty', ['*']);
    await cloud.role('reader', ['dynamodb:Scan']);
  });
  after(async () => {
    for (const client of clients) client.destroy();
    await cloud.close();
  });

  const Item = { pk: 'a', sk: '1' };

  it('takes writes of the one role that its policy excepts', async () => {
    await as('anybody').send(new PutCommand({ TableName: table.name, Item }));
    expect(await recordsOf(cloud, table.streamArn)).to.have.length(1);
  });

  it('refuses every other role, whatever rights it has, in single writes and in transactions', async () => {
    const other = as('almighty');
    const update = {
      TableName: table.name,
      Key: Item,
      UpdateExpression: 'SET n = :n',
      ExpressionAttributeValues: { ':n': 1 },
    };
    const before = await recordsOf(cloud, table.streamArn);
    expect(await nameOf(other.send(new PutCommand({ TableName: table.name, Item })))).to.equal(
      'AccessDeniedException',
    );
    expect(await nameOf(other.send(new UpdateCommand(update)))).to.equal('AccessDeniedException');
    expect(
      await nameOf(other.send(new TransactWriteCommand({ TransactItems: [{ Update: update }] }))),
    ).to.equal('AccessDeniedException');
    expect(await recordsOf(cloud, table.streamArn)).to.eql(before);
  });

  it('is read by roles that have the right, and by no others', async () => {
    expect(await nameOf(as('reader').send(new ScanCommand({ TableName: table.name })))).to.equal('done');
    expect(await nameOf(as('reader').send(new DescribeTableCommand({ TableName: table.name })))).to.equal(
      'AccessDeniedException',
    );
  });
});

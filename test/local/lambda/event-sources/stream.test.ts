import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'chai';
import type { Properties } from '../../../../local/program/resource.ts';
import { makeTable, type MadeTable } from '../../dynamodb/table.ts';
import { serveData, until, type DataCloud } from '../../serve-data.ts';

const MAPPING = 'aws:lambda/eventSourceMapping:EventSourceMapping';

/**
 * Prints the keys of each delivery, and fails as the records ask: `throw` for the whole batch, `report` for the record
 * alone, `hang` past the timeout.
 */
const HANDLER = `
export const handler = async ({ Records }) => {
  const items = Records.map(({ dynamodb }) => ({ pk: dynamodb.Keys.pk.S, how: dynamodb.NewImage?.how?.S, at: dynamodb.SequenceNumber }));
  console.log(items.map(({ pk }) => pk).join(' '));
  if (items.some(({ how }) => how === 'throw')) throw new Error('poison');
  if (items.some(({ how }) => how === 'hang')) for (;;);
  const failed = items.find(({ how }) => how === 'report');
  return { batchItemFailures: failed ? [{ itemIdentifier: failed.at }] : [] };
};`;

describe('A stream that feeds a function', () => {
  let cloud: DataCloud;
  let client: DynamoDBClient;
  let documents: DynamoDBDocumentClient;
  let deadLetters: { readonly arn: string };
  let count = 0;

  before(async () => {
    cloud = await serveData();
    client = new DynamoDBClient(cloud.client('somebody'));
    documents = DynamoDBDocumentClient.from(client);
    const { state } = await cloud.deploy('aws:sqs/queue:Queue', 'dead-letters', {});
    deadLetters = { arn: String(state['arn']) };
  });
  after(async () => {
    client.destroy();
    await cloud.close();
  });

  const write = (name: string, ...items: { pk: string; how?: string }[]) =>
    documents.send(
      new BatchWriteCommand({
        RequestItems: { [name]: items.map((item) => ({ PutRequest: { Item: { sk: '1', ...item } } })) },
      }),
    );

  interface Feed {
    readonly table: MadeTable;
    /** What the function was given, one line a delivery. */
    readonly deliveries: () => readonly string[];
    readonly id: string;
    readonly inputs: Properties;
    readonly state: Properties;
  }

  async function feed(more: Properties = {}, options: Properties = {}): Promise<Feed> {
    const name = `fed-${++count}`;
    const table = await makeTable(cloud, name);
    await write(name, { pk: 'before' });
    const functionName = await cloud.fn(name, HANDLER, options);
    const inputs = {
      functionName,
      eventSourceArn: table.streamArn,
      startingPosition: 'LATEST',
      functionResponseTypes: ['ReportBatchItemFailures'],
      maximumRetryAttempts: 2,
      destinationConfig: { onFailure: { destinationArn: deadLetters.arn } },
      ...more,
    };
    const { id, state } = await cloud.deploy(MAPPING, name, inputs);
    const deliveries = (): readonly string[] =>
      cloud.logs.lines(`/aws/lambda/${name}`).filter((line) => !line.includes('ERROR'));
    await until(
      'the first record is delivered',
      () => inputs.startingPosition === 'LATEST' || deliveries().length > 0,
    );
    return { table, deliveries, id, inputs, state };
  }

  it('gives it what was written before and after, in order', async () => {
    const { table, deliveries } = await feed({ startingPosition: 'TRIM_HORIZON' });
    for (const pk of ['a', 'b', 'c'])
      await documents.send(new PutCommand({ TableName: table.name, Item: { pk, sk: '1' } }));
    await until('all are delivered', () => deliveries().join(' ').endsWith('c'));
    expect(deliveries().join(' ')).to.equal('before a b c');
  });

  it('begins with the next record where the mapping asks for LATEST', async () => {
    const { table, deliveries } = await feed();
    await write(table.name, { pk: 'after' });
    await until('it is delivered', () => deliveries().length > 0);
    expect(deliveries()).to.eql(['after']);
  });

  it('goes on at the lowest failed sequence number, and dead-letters what is poisoned after its retries', async () => {
    const { table, deliveries } = await feed();
    await write(table.name, { pk: 'a' }, { pk: 'b', how: 'report' }, { pk: 'c' });
    await write(table.name, { pk: 'd' });
    await until('the record behind is delivered', () => deliveries().at(-1) === 'd');
    expect(deliveries()).to.eql(['a b c', 'b c', 'b c', 'b c', 'd']);
    const letter = await takeDeadLetter();
    expect(letter).to.have.nested.property('requestContext.condition', 'RetryAttemptsExhausted');
    expect(letter).to.have.nested.property('requestContext.approximateInvokeCount', 3);
    expect(letter).to.have.nested.property('DDBStreamBatchInfo.batchSize', 2);
  });

  it('isolates a record that makes the function throw, and loses no other', async () => {
    const { table, deliveries } = await feed({ bisectBatchOnFunctionError: true });
    await write(table.name, { pk: 'a' }, { pk: 'b' }, { pk: 'c', how: 'throw' }, { pk: 'd' });
    await write(table.name, { pk: 'e' });
    await until('the record behind is delivered', () => deliveries().at(-1) === 'e');
    expect(deliveries()).to.eql(['a b c d', 'a b', 'c d', 'c', 'c', 'c', 'd', 'e']);
    expect(await takeDeadLetter()).to.have.nested.property('DDBStreamBatchInfo.batchSize', 1);
  });

  it('is not held up by a function that hangs', async () => {
    const { table, deliveries } = await feed({ maximumRetryAttempts: 0 }, { timeout: 1 });
    await write(table.name, { pk: 'a', how: 'hang' });
    await write(table.name, { pk: 'b' });
    await until('the record behind is delivered', () => deliveries().at(-1) === 'b');
    expect(await takeDeadLetter()).to.have.nested.property('DDBStreamBatchInfo.batchSize', 1);
  });

  it('goes on where it was after its mapping changed, and ends with its deletion', async () => {
    const { table, deliveries, id, inputs, state } = await feed();
    await write(table.name, { pk: 'a' }, { pk: 'b' });
    await until('the first batch is delivered', () => deliveries().length === 1);
    await cloud.handler(MAPPING).update(id, { ...inputs, batchSize: 1 }, state);
    await write(table.name, { pk: 'c' }, { pk: 'd' });
    await until('the others are delivered', () => deliveries().at(-1) === 'd');
    // An update may come between a delivery and its checkpoint: what was under way is then delivered once more.
    expect([...new Set(deliveries().join(' ').split(' '))]).to.eql(['a', 'b', 'c', 'd']);
    await cloud.handler(MAPPING).delete(id, state);
    const before = deliveries().length;
    await write(table.name, { pk: 'e' });
    const other = await feed();
    await write(other.table.name, { pk: 'f' });
    await until('another mapping delivers', () => other.deliveries().length === 1);
    expect(deliveries()).to.have.length(before);
  });

  it('waits for its batches to fill, no longer than the window', async () => {
    const { table, deliveries } = await feed({ maximumBatchingWindowInSeconds: 1, batchSize: 3 });
    await write(table.name, { pk: 'a' });
    await write(table.name, { pk: 'b' });
    await write(table.name, { pk: 'c' });
    await until('the batch is delivered', () => deliveries().length > 0);
    expect(deliveries()).to.eql(['a b c']);
    await write(table.name, { pk: 'd' });
    await until('the window has passed', () => deliveries().length > 1);
    expect(deliveries()).to.eql(['a b c', 'd']);
  });

  it('can be disturbed: delivered twice and in another order', async () => {
    const { table, deliveries } = await feed();
    cloud.lambda.disturb(async (batch) => [batch.toReversed(), batch]);
    await write(table.name, { pk: 'a' }, { pk: 'b' });
    await until('both deliveries were made', () => deliveries().length === 2);
    cloud.lambda.disturb();
    expect(deliveries()).to.eql(['b a', 'a b']);
  });

  it('is refused for a function whose role may not read it', async () => {
    const { streamArn } = await makeTable(cloud, 'unreadable');
    const role = await cloud.role('unable', ['dynamodb:GetItem']);
    const functionName = await cloud.fn('unable-reader', HANDLER, { role });
    const error = await cloud
      .deploy(MAPPING, 'unable', { functionName, eventSourceArn: streamArn, startingPosition: 'LATEST' })
      .catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'AccessDeniedException');
  });

  async function takeDeadLetter(): Promise<unknown> {
    const queue = cloud.sqs.byArn(deadLetters.arn);
    const [message] = queue?.receive(1) ?? [];
    if (!message) return undefined;
    queue?.delete(message.receiptHandle);
    const letter: unknown = JSON.parse(message.body);
    return letter;
  }
});

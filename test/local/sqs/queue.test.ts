import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect } from 'chai';
import { serveData, until, type DataCloud } from '../serve-data.ts';

const QUEUE = 'aws:sqs/queue:Queue';

describe('SQS', () => {
  let cloud: DataCloud;
  let client: SQSClient;
  before(async () => {
    cloud = await serveData();
    client = new SQSClient(cloud.client('somebody'));
  });
  after(async () => {
    client.destroy();
    await cloud.close();
  });

  const makeQueue = async (
    name: string,
    visibilityTimeoutSeconds = 30,
  ): Promise<{ url: string; arn: string }> => {
    const { state } = await cloud.deploy(QUEUE, name, { name, visibilityTimeoutSeconds });
    return { url: String(state['url']), arn: String(state['arn']) };
  };
  const receive = async (QueueUrl: string, more: object = {}) =>
    (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ??
    [];

  it('sends, receives and deletes, through the URL that it gave', async () => {
    const { url } = await makeQueue('plain');
    expect((await client.send(new GetQueueUrlCommand({ QueueName: 'plain' }))).QueueUrl).to.equal(url);
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'hello' }));
    const [message] = await receive(url);
    expect(message?.Body).to.equal('hello');
    expect(await receive(url)).to.eql([]);
    const counts = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
    );
    expect(counts.Attributes).to.include({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '1',
    });
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'purged' }));
    await client.send(new PurgeQueueCommand({ QueueUrl: url }));
    expect(cloud.sqs.byArn('arn:aws:sqs:us-east-1:000000000000:plain')?.counts()).to.eql({
      visible: 0,
      hidden: 0,
    });
  });

  it('shows a message again that was not deleted, and not to a waiting receiver before', async () => {
    const { url } = await makeQueue('again');
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'again' }));
    expect(await receive(url, { VisibilityTimeout: 1 })).to.have.length(1);
    const [second] = await receive(url, { WaitTimeSeconds: 5, MessageSystemAttributeNames: ['All'] });
    expect(second?.Attributes?.ApproximateReceiveCount).to.equal('2');
  });

  it('refuses roles without the right, and queues that are not there', async () => {
    const { url } = await makeQueue('private');
    await cloud.role('outsider', ['dynamodb:*']);
    const outsider = new SQSClient(cloud.client('outsider'));
    const refused = await outsider
      .send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }))
      .catch((error: Error) => error.name);
    outsider.destroy();
    expect(refused).to.equal('AccessDeniedException');
    const missing = await client
      .send(new GetQueueUrlCommand({ QueueName: 'missing' }))
      .catch((error: Error) => error.name);
    expect(missing).to.equal('QueueDoesNotExist');
  });

  it('feeds a function, and keeps the messages that it could not handle', async () => {
    const { arn, url } = await makeQueue('fed');
    const functionName = await cloud.fn(
      'queue-reader',
      `export const handler = async ({ Records }) => {
         console.log(Records.map(({ body }) => body).join(' '));
         return { batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId })) };
       }`,
    );
    for (const MessageBody of ['good', 'bad'])
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
    const { id, state } = await cloud.deploy('aws:lambda/eventSourceMapping:EventSourceMapping', 'queue', {
      functionName,
      eventSourceArn: arn,
      batchSize: 2,
      functionResponseTypes: ['ReportBatchItemFailures'],
    });
    const queue = cloud.sqs.byArn(arn);
    await until(
      'the good message is gone',
      () => queue?.counts().hidden === 1 && queue.counts().visible === 0,
    );
    // What a function prints may arrive after its answer.
    await until('it printed something', () => cloud.logs.lines('/aws/lambda/queue-reader').length > 0);
    expect(cloud.logs.lines('/aws/lambda/queue-reader')).to.eql(['good bad']);
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'next', DelaySeconds: 1 }));
    await until('the delayed message is delivered', () =>
      cloud.logs.lines('/aws/lambda/queue-reader').includes('next'),
    );
    await cloud.handler('aws:lambda/eventSourceMapping:EventSourceMapping').delete(id, state);
  });
});

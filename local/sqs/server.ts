import { createHash } from 'node:crypto';
import { optionalNumber, text, textList, type Json } from '../aws/input.ts';
import { AwsError, type AwsJsonService } from '../aws/service.ts';
import type { Iam } from '../iam/authorize.ts';
import { createQueue, type Message, type Queue, type QueueSettings } from './queue.ts';

export interface SqsArgs {
  readonly iam: Iam;
  readonly region: string;
  readonly account: string;
  /** The endpoint's URL: queue URLs begin with it, because SQS clients send their calls to the queue's URL. */
  readonly endpoint: () => string;
}

export interface Sqs {
  readonly service: AwsJsonService;
  /** @throws AwsError QueueNameExists */
  create(name: string, settings: QueueSettings): { readonly queue: Queue; readonly url: string };
  byArn(arn: string): Queue | undefined;
  remove(name: string): void;
}

/** Amazon SQS API Reference, ReceiveMessage. */
const MAX_RECEIVED = 10;
const MAX_WAIT_SECONDS = 20;

export function createSqs({ iam, region, account, endpoint }: SqsArgs): Sqs {
  const queues = new Map<string, Queue>();
  const arnOf = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;
  const urlOf = (name: string): string => `${endpoint()}/${account}/${name}`;
  const found = (name: string): Queue => {
    const queue = queues.get(name);
    if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };

  const operations: Readonly<Record<string, (queue: Queue, input: Json) => object | Promise<object>>> = {
    GetQueueUrl: ({ name }) => ({ QueueUrl: urlOf(name) }),
    GetQueueAttributes: (queue, input) => ({
      Attributes: attributes(queue, textList(input, 'AttributeNames')),
    }),
    SendMessage(queue, input) {
      refuse(input, 'MessageAttributes');
      const message = queue.send(text(input, 'MessageBody'), optionalNumber(input, 'DelaySeconds') ?? 0);
      return { MessageId: message.id, MD5OfMessageBody: md5(message.body) };
    },
    async ReceiveMessage(queue, input) {
      const wait = Math.min(optionalNumber(input, 'WaitTimeSeconds') ?? 0, MAX_WAIT_SECONDS);
      if (wait > 0) await queue.available(AbortSignal.timeout(wait * 1000));
      const max = Math.min(optionalNumber(input, 'MaxNumberOfMessages') ?? 1, MAX_RECEIVED);
      const received = queue.receive(max, optionalNumber(input, 'VisibilityTimeout'));
      return received.length > 0 ? { Messages: received.map(described) } : {};
    },
    DeleteMessage(queue, input) {
      queue.delete(text(input, 'ReceiptHandle'));
      return {};
    },
    PurgeQueue(queue) {
      queue.purge();
      return {};
    },
  };

  return {
    service: {
      target: 'AmazonSQS',
      version: '1.0',
      async call(operation, input, caller) {
        const run = operations[operation];
        if (!run)
          throw new AwsError('UnknownOperationException', `The embedded cloud does not know ${operation}`);
        const name =
          operation === 'GetQueueUrl' ? text(input, 'QueueName') : text(input, 'QueueUrl').split('/').at(-1)!;
        iam.authorize({ caller, action: `sqs:${operation}`, resource: arnOf(name) });
        return run(found(name), input);
      },
    },
    create(name, settings) {
      if (queues.has(name)) throw new AwsError('QueueNameExists', `A queue named ${name} already exists.`);
      const queue = createQueue(name, arnOf(name), settings);
      queues.set(name, queue);
      return { queue, url: urlOf(name) };
    },
    byArn: (arn) => [...queues.values()].find((queue) => queue.arn === arn),
    remove: (name) => void queues.delete(name),
  };
}

/** Clients compare it with what they sent. */
export const md5 = (body: string): string => createHash('md5').update(body).digest('hex');

const described = ({ id, body, receiptHandle, sentAt, receiveCount, firstReceivedAt }: Message): Json => ({
  MessageId: id,
  ReceiptHandle: receiptHandle,
  Body: body,
  MD5OfBody: md5(body),
  Attributes: {
    SentTimestamp: String(sentAt),
    ApproximateReceiveCount: String(receiveCount),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
  },
});

function attributes(queue: Queue, names: readonly string[]): Json {
  const { visible, hidden } = queue.counts();
  const all: Readonly<Record<string, string>> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    VisibilityTimeout: String(queue.settings.visibilityTimeoutSeconds),
  };
  const wanted = (name: string): boolean => names.includes('All') || names.includes(name);
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted(name)));
}

function refuse(input: Json, name: string): void {
  if (input[name] !== undefined)
    throw new AwsError('UnsupportedOperation', `The embedded cloud does not support ${name}`);
}

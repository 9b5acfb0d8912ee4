import { AwsError } from '../../aws/service.ts';
import type { DynamoDb } from '../../dynamodb/server.ts';
import type { Iam } from '../../iam/authorize.ts';
import type { Sqs } from '../../sqs/server.ts';
import type { Invocation, LambdaHost } from '../host.ts';
import type { RetryPolicy } from './batch.ts';
import { undisturbed, type Disturb } from './disturb.ts';
import { pollQueue } from './queue-poller.ts';
import { pollStream } from './stream-poller.ts';

export interface MappingSettings {
  readonly functionName: string;
  readonly eventSourceArn: string;
  /** Streams only. */
  readonly startingPosition?: string | undefined;
  readonly batchSize?: number | undefined;
  readonly windowSeconds: number;
  readonly retry: RetryPolicy;
  /** ARN of a queue. Streams only. */
  readonly onFailureArn?: string | undefined;
}

export interface EventSourcesArgs {
  readonly host: LambdaHost;
  readonly iam: Iam;
  readonly dynamodb: DynamoDb;
  readonly sqs: Sqs;
  readonly region: string;
}

export interface EventSources {
  /** Starts or, for a known id, changes a mapping: a changed one goes on where it was. @throws AwsError InvalidParameterValueException */
  put(id: string, settings: MappingSettings): Promise<void>;
  remove(id: string): Promise<void>;
  has(id: string): boolean;
  /** Disturbs the deliveries of all mappings, from the next batch on. Without an argument: no longer. */
  disturb(how?: Disturb): void;
  /** Ends when the deliveries under way are answered. */
  close(): Promise<void>;
}

interface Running {
  /** @returns the stream position to go on from */
  stop(): Promise<number | undefined>;
}

/** What the role of a function needs, to read its event source (Lambda Developer Guide, event source mappings). */
const READ_STREAM = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
  (op) => `dynamodb:${op}`,
);
const READ_QUEUE = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((op) => `sqs:${op}`);

/** Lambda Developer Guide: 100 records of a stream, 10 messages of a queue. */
const STREAM_BATCH = 100;
const QUEUE_BATCH = 10;

export function createEventSources({ host, iam, dynamodb, sqs, region }: EventSourcesArgs): EventSources {
  const mappings = new Map<string, Running>();
  let disturbance: Disturb = undisturbed;
  const disturb = (): Disturb => disturbance;

  const start = (settings: MappingSettings, from: number | undefined): Running => {
    const { eventSourceArn, retry, windowSeconds } = settings;
    const { arn: functionArn, roleName } = host.get(settings.functionName).settings;
    const require = (actions: readonly string[], resource: string): void => {
      for (const action of actions) iam.authorize({ caller: { accessKeyId: roleName }, action, resource });
    };
    const stopping = new AbortController();
    const { signal } = stopping;
    const invoke = (event: object): Promise<Invocation> => host.invoke(functionArn, event);
    const running = (done: Promise<number | undefined>): Running => ({
      async stop() {
        stopping.abort();
        return done;
      },
    });

    const stream = dynamodb.stream(eventSourceArn);
    if (stream) {
      require(READ_STREAM, eventSourceArn);
      const failures = settings.onFailureArn === undefined ? undefined : sqs.byArn(settings.onFailureArn);
      if (failures) require(['sqs:SendMessage'], failures.arn);
      else if (settings.onFailureArn) throw unknownSource(settings.onFailureArn);
      return running(
        pollStream({
          stream,
          from: from ?? (settings.startingPosition === 'LATEST' ? stream.end() : stream.start()),
          functionArn,
          batchSize: settings.batchSize ?? STREAM_BATCH,
          windowSeconds,
          retry,
          invoke,
          discard: (message) => void failures?.send(message, 0),
          disturb,
          signal,
        }),
      );
    }
    const queue = sqs.byArn(eventSourceArn);
    if (!queue) throw unknownSource(eventSourceArn);
    require(READ_QUEUE, eventSourceArn);
    const { reportsItemFailures } = retry;
    const batchSize = settings.batchSize ?? QUEUE_BATCH;
    return running(
      pollQueue({ queue, region, batchSize, reportsItemFailures, invoke, disturb, signal }).then(
        () => undefined,
      ),
    );
  };

  return {
    async put(id, settings) {
      const from = await mappings.get(id)?.stop();
      mappings.set(id, start(settings, from));
    },
    async remove(id) {
      await mappings.get(id)?.stop();
      mappings.delete(id);
    },
    has: (id) => mappings.has(id),
    disturb(how = undisturbed) {
      disturbance = how;
    },
    async close() {
      const stopped = [...mappings.values()].map((mapping) => mapping.stop());
      mappings.clear();
      await Promise.all(stopped);
    },
  };
}

const unknownSource = (arn: string): AwsError =>
  new AwsError('InvalidParameterValueException', `The embedded cloud has no stream or queue ${arn}`);

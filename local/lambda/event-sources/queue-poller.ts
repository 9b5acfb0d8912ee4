import type { Message, Queue } from '../../sqs/queue.ts';
import { md5 } from '../../sqs/server.ts';
import type { Invocation } from '../host.ts';
import { failedItems } from './batch.ts';
import type { Disturb } from './disturb.ts';

export interface QueuePollerArgs {
  readonly queue: Queue;
  readonly region: string;
  readonly batchSize: number;
  readonly reportsItemFailures: boolean;
  readonly invoke: (event: object) => Promise<Invocation>;
  readonly disturb: () => Disturb;
  readonly signal: AbortSignal;
}

/**
 * Carries a queue to a function until the signal fires. What the function handled is deleted; the rest shows itself
 * again after the queue's visibility timeout, so retries need nothing here.
 */
export async function pollQueue(args: QueuePollerArgs): Promise<void> {
  const { queue, region, batchSize, reportsItemFailures, invoke, disturb, signal } = args;
  const isStopped = (): boolean => signal.aborted;
  while (!isStopped()) {
    await queue.available(signal);
    if (isStopped()) return;
    for (const batch of await disturb()(queue.receive(batchSize))) {
      // Somebody else received what there was.
      if (batch.length === 0) continue;
      const Records = batch.map((message) => recordOf(message, queue.arn, region));
      const failed = failedItems(await invoke({ Records }), reportsItemFailures);
      // An identifier that is none of the batch's own makes all of it fail, as on AWS.
      if (!failed || failed.some((id) => batch.every((message) => message.id !== id))) continue;
      for (const { id, receiptHandle } of batch) if (!failed.includes(id)) queue.delete(receiptHandle);
    }
  }
}

/** Lambda Developer Guide, "Using Lambda with Amazon SQS", example event. */
const recordOf = (message: Message, eventSourceARN: string, awsRegion: string): object => ({
  messageId: message.id,
  receiptHandle: message.receiptHandle,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  },
  messageAttributes: {},
  md5OfBody: md5(message.body),
  eventSource: 'aws:sqs',
  eventSourceARN,
  awsRegion,
});

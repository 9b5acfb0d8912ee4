import { setTimeout as delay } from 'node:timers/promises';
import type { Stream, StreamRecord } from '../../dynamodb/stream.ts';
import type { Invocation } from '../host.ts';
import { afterDelivery, type Batch, type RetryPolicy } from './batch.ts';
import type { Disturb } from './disturb.ts';
import { failureMessage, type Discarded } from './on-failure.ts';

export interface StreamPollerArgs {
  readonly stream: Stream;
  /** The first record to deliver. */
  readonly from: number;
  readonly functionArn: string;
  readonly batchSize: number;
  /** How long a batch is waited for to fill. */
  readonly windowSeconds: number;
  readonly retry: RetryPolicy;
  readonly invoke: (event: object) => Promise<Invocation>;
  /** Sends to the on-failure destination. */
  readonly discard: (message: string) => void;
  readonly disturb: () => Disturb;
  readonly signal: AbortSignal;
}

const MAX_BACKOFF_MS = 1000;

/**
 * Carries a stream to a function until the signal fires: in order, at least once, each batch as often as the retry
 * policy says.
 * @returns the position of the first record that was not delivered
 */
export async function pollStream(args: StreamPollerArgs): Promise<number> {
  const { stream, batchSize, windowSeconds, disturb, signal } = args;
  const isStopped = (): boolean => signal.aborted;
  let position = args.from;
  while (!isStopped()) {
    // Woken by the write itself: AWS polls four times a second, which people at a terminal would wait for.
    await stream.reached(position, signal);
    if (windowSeconds > 0) await filled(stream, position + batchSize - 1, windowSeconds, signal);
    position = Math.max(position, stream.start());
    const records = stream.read(position, batchSize);
    for (const batch of await disturb()(records)) await deliver(args, batch);
    if (!isStopped()) position += records.length;
  }
  return position;
}

/** Waits for a batch to fill, no longer than the window. */
async function filled(
  stream: Stream,
  last: number,
  windowSeconds: number,
  signal: AbortSignal,
): Promise<void> {
  const window = new AbortController();
  const end = (): void => window.abort();
  const timer = setTimeout(end, windowSeconds * 1000);
  signal.addEventListener('abort', end);
  await stream.reached(last, window.signal);
  signal.removeEventListener('abort', end);
  clearTimeout(timer);
}

/** Delivers records until they are done, given up, or the signal fires. */
async function deliver(args: StreamPollerArgs, records: readonly StreamRecord[]): Promise<void> {
  const { stream, retry, invoke, signal } = args;
  const isStopped = (): boolean => signal.aborted;
  const waiting: Batch<StreamRecord>[] = [{ records, attempts: 0 }];
  for (let batch = waiting.shift(); batch && !isStopped(); batch = waiting.shift()) {
    if (batch.attempts > 0) await pause(Math.min(MAX_BACKOFF_MS, 10 * 2 ** batch.attempts), signal);
    const young = withoutOld(args, batch);
    if (young.records.length === 0) continue;
    const event = { Records: young.records.map((record) => ({ ...record, eventSourceARN: stream.arn })) };
    const outcome = afterDelivery(
      young,
      await invoke(event),
      retry,
      ({ dynamodb }) => dynamodb.SequenceNumber,
    );
    // A function that was stopped has not failed.
    if (isStopped()) return;
    if ('exhausted' in outcome) giveUp(args, outcome.exhausted, 'RetryAttemptsExhausted');
    else waiting.unshift(...outcome.next);
  }
}

/** The batch without the records that are past their age, which are given up. */
function withoutOld(args: StreamPollerArgs, { records, attempts }: Batch<StreamRecord>): Batch<StreamRecord> {
  const { maximumRecordAgeSeconds } = args.retry;
  if (maximumRecordAgeSeconds < 0) return { records, attempts };
  const oldest = Date.now() / 1000 - maximumRecordAgeSeconds;
  const isOld = ({ dynamodb }: StreamRecord): boolean => dynamodb.ApproximateCreationDateTime < oldest;
  const old = records.filter(isOld);
  if (old.length > 0) giveUp(args, { records: old, attempts }, 'RecordAgeExceeded');
  return { records: records.filter((record) => !isOld(record)), attempts };
}

function giveUp(
  { discard, functionArn, stream }: StreamPollerArgs,
  batch: Batch<StreamRecord>,
  condition: Discarded['condition'],
): void {
  discard(failureMessage({ batch, condition, functionArn, streamArn: stream.arn }));
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  delay(milliseconds, undefined, { signal }).catch(() => undefined);

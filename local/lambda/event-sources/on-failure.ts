import { randomUUID } from 'node:crypto';
import { SHARD_ID } from '../../dynamodb/stream-operations.ts';
import type { StreamRecord } from '../../dynamodb/stream.ts';
import type { Batch } from './batch.ts';

export interface Discarded {
  readonly batch: Batch<StreamRecord>;
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly functionArn: string;
  readonly streamArn: string;
}

/** What a destination is told of a batch that was given up. It names the records and does not carry them. */
export function failureMessage({ batch, condition, functionArn, streamArn }: Discarded): string {
  const { records, attempts } = batch;
  const [first, last] = [records[0]?.dynamodb, records.at(-1)?.dynamodb];
  const time = (seconds = 0): string => new Date(seconds * 1000).toISOString();
  return JSON.stringify({
    requestContext: {
      requestId: randomUUID(),
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: attempts + 1,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: SHARD_ID,
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: time(first?.ApproximateCreationDateTime),
      approximateArrivalOfLastRecord: time(last?.ApproximateCreationDateTime),
      batchSize: records.length,
      streamArn,
    },
  });
}

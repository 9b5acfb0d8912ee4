import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../aws/input.ts';

export type ViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Json;
    readonly NewImage?: Json;
    readonly OldImage?: Json;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: ViewType;
  };
}

/** One item before and after a write. */
export interface Change {
  readonly keys: Json;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** What happened to the items of one table, in order, in one shard. A position counts records from the first ever. */
export interface Stream {
  readonly arn: string;
  readonly label: string;
  readonly tableName: string;
  readonly viewType: ViewType;
  readonly createdAt: number;
  /** Writes a record, unless the write changed nothing. */
  append(change: Change): void;
  /** The oldest position that can be read. */
  start(): number;
  /** The position of the next record to come. */
  end(): number;
  read(position: number, limit: number): readonly StreamRecord[];
  /** Resolves once there is a record at `position`, or the signal fires. */
  reached(position: number, signal: AbortSignal): Promise<void>;
}

const FIRST_SEQUENCE_NUMBER = 100_000_000_000_000_000_000n;
/** DynamoDB Developer Guide, "Change data capture for DynamoDB Streams": records are kept for 24 hours. */
const RETENTION_SECONDS = 24 * 60 * 60;

export const sequenceNumberAt = (position: number): string =>
  String(FIRST_SEQUENCE_NUMBER + BigInt(position));

export const positionOf = (sequenceNumber: string): number =>
  Number(BigInt(sequenceNumber) - FIRST_SEQUENCE_NUMBER);

export interface StreamArgs {
  readonly region: string;
  readonly tableArn: string;
  readonly tableName: string;
  readonly viewType: ViewType;
}

export function createStream({ region, tableArn, tableName, viewType }: StreamArgs): Stream {
  const label = new Date().toISOString().slice(0, -1);
  const records: StreamRecord[] = [];
  const waiting = new Set<() => void>();
  let trimmed = 0;
  const end = (): number => trimmed + records.length;
  const arn = `${tableArn}/stream/${label}`;
  return {
    arn,
    label,
    tableName,
    viewType,
    createdAt: Date.now() / 1000,
    append(change) {
      // A write that changes nothing leaves no record (DynamoDB Developer Guide, same page).
      if (isDeepStrictEqual(change.before, change.after)) return;
      const now = Math.floor(Date.now() / 1000);
      const isOld = (record?: StreamRecord): boolean =>
        record !== undefined && record.dynamodb.ApproximateCreationDateTime < now - RETENTION_SECONDS;
      while (isOld(records[0])) {
        records.shift();
        trimmed++;
      }
      records.push(recordOf(change, { arn, region, viewType, now, sequenceNumber: sequenceNumberAt(end()) }));
      for (const wake of waiting) wake();
    },
    start: () => trimmed,
    end,
    read: (position, limit) => records.slice(Math.max(0, position - trimmed), position - trimmed + limit),
    reached(position, signal) {
      const isReached = (): boolean => end() > position || signal.aborted;
      if (isReached()) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          if (!isReached()) return;
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
  };
}

interface RecordFacts {
  readonly arn: string;
  readonly region: string;
  readonly viewType: ViewType;
  readonly now: number;
  readonly sequenceNumber: string;
}

function recordOf({ keys, before, after }: Change, facts: RecordFacts): StreamRecord {
  const { arn, region, viewType, now, sequenceNumber } = facts;
  return {
    eventID: createHash('md5').update(`${arn}${sequenceNumber}`).digest('hex'),
    eventName: !before ? 'INSERT' : !after ? 'REMOVE' : 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: now,
      Keys: keys,
      ...(after && viewType.startsWith('NEW') && { NewImage: after }),
      ...(before && viewType.includes('OLD') && { OldImage: before }),
      SequenceNumber: sequenceNumber,
      SizeBytes: JSON.stringify([keys, before, after]).length,
      StreamViewType: viewType,
    },
  };
}

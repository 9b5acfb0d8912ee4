import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, type DynamoDBDocumentClient, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { type LeaseItem, syncStateKey } from '../tables/sync-state.ts';
import type { Clock } from './clock.ts';

/**
 * Long enough for any one write, short enough that a sync that died keeps the next one waiting half a minute. To it
 * and to what follows, a wait for the store's consistency is added, which may come between two writes.
 */
const LEASE_MS = 30_000;
/** A write begins only with more than this left: a call to the store is given up before (15 s). */
const RENEW_BELOW_MS = 20_000;
const RETRY_MS = 200;
/** Longer than a lease, so that one that was never given back is outwaited. */
const PATIENCE_MS = 45_000;

export interface Lease {
  /** From when all writes of earlier holders are visible, in epoch milliseconds. */
  readonly settledAt: number;
  /** Call before each write. @throws {LeaseLost} */
  ensure(): Promise<void>;
  /** @param settledAt from when the writes made under it are visible */
  giveBack(settledAt: number): Promise<void>;
}

/** Somebody else may be writing by now. The sync must stop at once. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** Another sync holds the lease for longer than any should. */
export class LeaseBusy extends Error {
  override readonly name = 'LeaseBusy';
}

export interface LeaseArgs {
  readonly documents: DynamoDBDocumentClient;
  /** The sync-state table. */
  readonly table: string;
  readonly clock: Clock;
  readonly consistencyMs: number;
  /** Unique to this sync. */
  readonly holder: string;
}

/** Takes the right to write to a policy store. @throws {LeaseBusy} */
export async function takeLease(args: LeaseArgs, slug: string, storeId: string): Promise<Lease> {
  const { documents, table, clock, consistencyMs, holder } = args;
  const key = syncStateKey.lease(slug, storeId);
  let until = 0;

  const put = async (item: LeaseItem, condition: Condition): Promise<object | undefined> => {
    const command = new PutCommand({ TableName: table, Item: item, ...condition, ReturnValues: 'ALL_OLD' });
    return (await documents.send(command)).Attributes;
  };
  const previous = await retryWhileHeld(args, async () => {
    until = clock.now() + LEASE_MS + consistencyMs;
    return put({ ...key, holder, until }, free(clock.now()));
  });

  return {
    settledAt: settledAtOf(previous, args),
    async ensure() {
      if (until - clock.now() > RENEW_BELOW_MS + consistencyMs) return;
      const next = clock.now() + LEASE_MS + consistencyMs;
      await put({ ...key, holder, until: next }, mine(holder)).catch((error: unknown) => {
        throw isHeld(error) ? new LeaseLost(`the lease on ${storeId} was taken over`) : error;
      });
      until = next;
    },
    async giveBack(settledAt) {
      await put({ ...key, holder, until: 0, settledAt }, mine(holder)).catch((error: unknown) => {
        if (!isHeld(error)) throw error;
      });
    },
  };
}

type Condition = Pick<
  PutCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const free = (now: number): Condition => ({
  ConditionExpression: 'attribute_not_exists(#until) OR #until < :now',
  ExpressionAttributeNames: { '#until': 'until' },
  ExpressionAttributeValues: { ':now': now },
});

const mine = (holder: string): Condition => ({
  ConditionExpression: '#holder = :me',
  ExpressionAttributeNames: { '#holder': 'holder' },
  ExpressionAttributeValues: { ':me': holder },
});

const isHeld = (error: unknown): boolean => error instanceof ConditionalCheckFailedException;

/** A holder that died may have written until its last moment. */
function settledAtOf(previous: object | undefined, { clock, consistencyMs }: LeaseArgs): number {
  if (!previous) return 0;
  return 'settledAt' in previous && typeof previous.settledAt === 'number'
    ? previous.settledAt
    : clock.now() + consistencyMs;
}

async function retryWhileHeld<T>({ clock, consistencyMs }: LeaseArgs, take: () => Promise<T>): Promise<T> {
  const deadline = clock.now() + PATIENCE_MS + consistencyMs;
  for (;;) {
    try {
      return await take();
    } catch (error) {
      if (!isHeld(error)) throw error;
      if (clock.now() > deadline) throw new LeaseBusy('another sync of this tenant is still running');
      await clock.sleep(RETRY_MS);
    }
  }
}

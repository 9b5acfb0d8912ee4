import type { DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { SyncResult } from './sync-tenant.ts';
import { type Wake, wakeOfChange, wakeOfMessage } from './wakes.ts';

export interface BatchSyncArgs {
  readonly sync: (slug: string) => Promise<SyncResult>;
  /** Puts a tenant into the queue from which it is synced once more, later. */
  readonly queue: (slug: string) => Promise<void>;
  readonly record: (outcome: SyncOutcome) => void;
}

export type SyncOutcome = SyncResult | { readonly slug: string; readonly error: unknown };

export interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Tenants of one batch synced at a time. Each waits for its stores most of the time: four times 5 s for a release, so
 * that 100 tenants, the most in a batch, are done in two minutes of the function's five.
 */
const CONCURRENCY = 20;
/** Failed changes that are known to be queued. Forgetting one costs one more sync. */
const REMEMBERED = 1_000;

/** Syncs the tenants that a batch of changes, or of queued messages, is about. */
export function createBatchSync({ sync, queue, record }: BatchSyncArgs) {
  const limit = pLimit(CONCURRENCY);
  const queued = new LRUCache<string, true>({ max: REMEMBERED });

  /** @returns whether it worked */
  const attempt = async (slug: string): Promise<boolean> => {
    try {
      record(await sync(slug));
      return true;
    } catch (error) {
      record({ slug, error });
      return false;
    }
  };

  /**
   * The platform gives up on a change after a few attempts, and its failure destination carries no record. So the
   * tenant goes into our own queue as soon as its change fails; if a retry of the change works first, the queued sync
   * finds nothing to do.
   */
  const enqueue = async ({ itemIdentifier }: Wake, slug: string): Promise<void> => {
    if (queued.has(itemIdentifier)) return;
    try {
      await queue(slug);
      queued.set(itemIdentifier, true);
    } catch (error) {
      record({ slug, error });
    }
  };

  const run = async (
    wakes: readonly Wake[],
    onFailure: (wake: Wake, slug: string) => Promise<void>,
  ): Promise<BatchResponse> => {
    const slugs = [...new Set(wakes.flatMap(({ slug }) => slug ?? []))];
    const failed = await Promise.all(
      slugs.map((slug) =>
        limit(async () => {
          if (await attempt(slug)) return [];
          const own = wakes.filter((wake) => wake.slug === slug);
          if (own[0]) await onFailure(own[0], slug);
          return own;
        }),
      ),
    );
    return { batchItemFailures: failed.flat().map(({ itemIdentifier }) => ({ itemIdentifier })) };
  };

  return async ({ Records }: DynamoDBStreamEvent | SQSEvent): Promise<BatchResponse> => {
    const changes = Records.flatMap((record) => ('dynamodb' in record ? wakeOfChange(record) : []));
    const messages = Records.flatMap((record) => ('body' in record ? wakeOfMessage(record) : []));
    // A message that failed stays in its queue.
    return messages.length > 0 ? run(messages, async () => {}) : run(changes, enqueue);
  };
}

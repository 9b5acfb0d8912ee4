import { createSettlement, type Settlement } from './settlement.ts';
import { takeLease, type Lease, type LeaseArgs } from './lease.ts';

/** The right to write to some stores, and what is known of when their writes become visible. */
export interface Sessions {
  readonly settlementOf: (storeId: string) => Settlement;
  /** Call before each write, to whichever store. @throws {LeaseLost} */
  readonly ensure: () => Promise<void>;
}

/**
 * Does some work while nobody else may write to a tenant's stores.
 * @throws {LeaseBusy}
 */
export async function withSessions<T>(
  args: LeaseArgs,
  slug: string,
  storeIds: readonly string[],
  work: (sessions: Sessions) => Promise<T>,
): Promise<T> {
  const held = new Map<string, { lease: Lease; settlement: Settlement }>();
  const settlementOf = (storeId: string): Settlement => {
    const one = held.get(storeId);
    if (!one) throw new Error(`there is no lease on ${storeId}`);
    return one.settlement;
  };
  try {
    // Always in the same order, or two syncs could each hold what the other waits for.
    for (const storeId of storeIds.toSorted()) {
      const lease = await takeLease(args, slug, storeId);
      held.set(storeId, {
        lease,
        settlement: createSettlement(args.clock, args.consistencyMs, lease.settledAt),
      });
    }
    const ensure = async (): Promise<void> => {
      for (const { lease } of held.values()) await lease.ensure();
    };
    return await work({ settlementOf, ensure });
  } finally {
    // A lease that cannot be given back runs out by itself: that is no reason to hide how the work ended.
    await Promise.allSettled(
      [...held.values()].map(({ lease, settlement }) => lease.giveBack(settlement.at)),
    );
  }
}

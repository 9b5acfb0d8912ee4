import { isEmpty, planChanges, type Write } from './plan.ts';
import { type PolicyStore, StoreConflict, type StorePolicy } from './policy-store.ts';
import type { Settlement } from './settlement.ts';

export interface ConvergeArgs {
  readonly store: PolicyStore;
  readonly settlement: Settlement;
  /** Called before every write; throws when this sync may not write any more. */
  readonly beforeWrite: () => Promise<void>;
  /** Whether the store is asked with tokens. */
  readonly withToken?: boolean;
}

export interface Converged {
  /** The store's id of a policy -> ours. */
  readonly ids: Readonly<Record<string, string>>;
  readonly writes: number;
}

/** Each round undoes what another writer did meanwhile. Nobody else should write at all. */
const MAX_ROUNDS = 5;

/**
 * Makes a store hold exactly the desired policies, in the order of `Plan`. May be stopped at any write, and started
 * again with the same or with other policies.
 * @throws {PolicyRejected} with some of the writes made
 * @throws {StoreConflict} when the store keeps changing under its hands
 */
export async function converge(args: ConvergeArgs, desired: readonly StorePolicy[]): Promise<Converged> {
  const { store, settlement } = args;
  let writes = 0;
  const run = async (step: readonly Write[]): Promise<void> => {
    for (const write of step) {
      await carryOut(args, write);
      writes += 1;
    }
  };

  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const upToDate = settlement.isReached();
    const actual = await store.list();
    const plan = planChanges(actual, desired, args.withToken);
    if (upToDate && isEmpty(plan)) return { ids: idsOf(actual, desired), writes };
    try {
      await run(plan.forbids);
      // What a listing does not show yet would be left standing: after an interrupted sync, only forbids go ahead.
      for (const step of upToDate ? [plan.permits, plan.oldPermits, plan.oldForbids] : []) {
        if (step.length === 0) continue;
        await settlement.wait();
        await run(step);
      }
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error;
    }
    await settlement.wait();
  }
  throw new StoreConflict('the store did not come to rest: somebody else is writing to it');
}

async function carryOut({ store, settlement, beforeWrite }: ConvergeArgs, write: Write): Promise<void> {
  await beforeWrite();
  try {
    if (write.kind === 'create') await store.create(write.policy);
    else if (write.kind === 'update') await store.update(write.policyId, write.policy);
    else await store.delete(write.policyId);
  } finally {
    // Also when it failed: a call that was given up may still arrive.
    settlement.touch();
  }
}

function idsOf(
  actual: readonly { policyId: string; name?: string }[],
  desired: readonly StorePolicy[],
): Record<string, string> {
  const ours = new Map<string | undefined, string>(desired.map(({ name, id }) => [name, id]));
  return Object.fromEntries(actual.map(({ policyId, name }) => [policyId, ours.get(name) ?? policyId]));
}

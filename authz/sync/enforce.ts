import { converge, type ConvergeArgs } from './converge.ts';
import { PolicyRejected } from './policy-store.ts';
import type { Accepted } from './release.ts';
import { fullStoreOf, gatewayStoreOf, type Target, without } from './target.ts';

export interface Enforced {
  /** What the stores took. */
  readonly target: Target;
  /** Ids of both stores' policies -> ours. */
  readonly ids: Readonly<Record<string, string>>;
  readonly writes: number;
}

/** A tenant's two stores. */
export interface Stores {
  readonly full: ConvergeArgs;
  readonly gateway: ConvergeArgs;
  /** Whether the gateway's store is asked with tokens. */
  readonly withToken: boolean;
}

/**
 * Carries a target to both stores, each in its own safe order: they decide apart from each other, so nothing is gained
 * by making one wait for the other. Where one refuses a policy, both get what is left of the target.
 * @param last what to fall back to
 * @throws {PolicyRejected} when the stores refuse what they held before
 */
export async function enforce(
  { full, gateway, withToken }: Stores,
  first: Target,
  last: Accepted | undefined,
): Promise<Enforced> {
  let target = first;
  for (;;) {
    const outcomes = await Promise.allSettled([
      converge(full, fullStoreOf(target)),
      converge({ ...gateway, withToken }, gatewayStoreOf(target, withToken)),
    ]);
    const refusal = refusalIn(outcomes);
    if (!refusal) {
      const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
      return {
        target,
        ids: Object.fromEntries(done.flatMap(({ ids }) => Object.entries(ids))),
        writes: done.reduce((sum, { writes }) => sum + writes, 0),
      };
    }
    // Takes a live policy away or the release, so this ends.
    target = without(refusal, target, last);
  }
}

/** @throws what a store failed with, other than a refusal */
function refusalIn(outcomes: readonly PromiseSettledResult<unknown>[]): PolicyRejected | undefined {
  const reasons = outcomes.flatMap((outcome): unknown[] =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
  const failure = reasons.find((reason) => !(reason instanceof PolicyRejected));
  if (failure !== undefined) throw failure;
  return reasons.find((reason) => reason instanceof PolicyRejected);
}

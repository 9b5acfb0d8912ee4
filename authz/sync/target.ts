import type { SnapshotPolicy } from '../tables/sync-state.ts';
import type { JudgedLive } from './judge-live.ts';
import { isLiveId } from './live.ts';
import type { PolicyRejected, StorePolicy } from './policy-store.ts';
import { type Accepted, type JudgedRelease, rejectedBecause } from './release.ts';
import { storePolicy } from './store-policy.ts';
import { rejected, RELEASE, type Verdicts } from './verdict.ts';

/** What a tenant's stores and its snapshot should hold, and what is to be said of each item. */
export interface Target {
  readonly accepted: Accepted;
  readonly live: readonly SnapshotPolicy[];
  readonly verdicts: Verdicts;
}

export const targetOf = ({ accepted, verdicts }: JudgedRelease, live: JudgedLive): Target => ({
  accepted,
  live: live.policies,
  verdicts: { ...verdicts, ...live.verdicts },
});

/** All of a tenant's policies, sorted by id. */
export const policiesOf = ({ accepted, live }: Target): readonly SnapshotPolicy[] =>
  [...accepted.policies, ...live].toSorted((a, b) => (a.id < b.id ? -1 : 1));

export const fullStoreOf = (target: Target): readonly StorePolicy[] =>
  policiesOf(target).flatMap(({ id, statement, impossible }) =>
    impossible ? [] : storePolicy(id, statement),
  );

/** @param withToken whether the gateway's store is asked with tokens */
export const gatewayStoreOf = (target: Target, withToken: boolean): readonly StorePolicy[] =>
  policiesOf(target).flatMap(({ id, gatewayStatement, tokenStatement }) => {
    const statement = withToken ? tokenStatement : gatewayStatement;
    return statement === undefined ? [] : storePolicy(id, statement);
  });

/**
 * What to aim for after a store refused a policy that passed every check here: a live policy is left out, a release
 * gives way to the last accepted one.
 * @throws {PolicyRejected} when there is nothing to fall back to
 */
export function without(refusal: PolicyRejected, target: Target, last: Accepted | undefined): Target {
  const { policyId, message } = refusal;
  const { accepted, live, verdicts } = target;
  const sha256 = verdicts[policyId]?.sha256 ?? '';
  if (isLiveId(policyId)) {
    return {
      accepted,
      live: live.filter(({ id }) => id !== policyId),
      verdicts: { ...verdicts, [policyId]: rejected(sha256, message) },
    };
  }
  if (!last || accepted === last) throw refusal;
  const reason = rejectedBecause(new Map([[policyId, message]]));
  return {
    accepted: last,
    live,
    verdicts: {
      ...Object.fromEntries(Object.entries(verdicts).filter(([id]) => isLiveId(id))),
      [policyId]: rejected(sha256, message),
      [RELEASE]: rejected(accepted.releaseSha256, reason),
    },
  };
}

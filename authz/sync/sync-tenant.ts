import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ReleaseItem } from '../tables/policies.ts';
import type { Clock } from './clock.ts';
import type { Project } from './compile.ts';
import type { ConvergeArgs } from './converge.ts';
import { enforce } from './enforce.ts';
import { judgeLive } from './judge-live.ts';
import { isLiveId, liveId, type LiveRules } from './live.ts';
import type { PolicyStore } from './policy-store.ts';
import { publish, withdraw } from './publish.ts';
import { type Accepted, judgeRelease } from './release.ts';
import { type Sessions, withSessions } from './sessions.ts';
import { type PublishedState, readState } from './state.ts';
import { writeStatuses } from './status.ts';
import { policiesOf, targetOf } from './target.ts';
import { readTenantItems, type TenantItems } from './tenant-items.ts';
import { rejected, RELEASE } from './verdict.ts';

export interface SyncArgs {
  readonly documents: DynamoDBDocumentClient;
  readonly policiesTable: string;
  readonly syncStateTable: string;
  readonly openStore: (policyStoreId: string) => PolicyStore;
  readonly project: Project;
  readonly rules: LiveRules;
  readonly clock: Clock;
  /** How long a write to a store may stay invisible, in milliseconds. */
  readonly consistencyMs: number;
}

export interface SyncResult {
  readonly slug: string;
  /** `kept`: what was enforced before still is, because the next release is not complete yet. */
  readonly release: 'enforced' | 'rejected' | 'kept' | 'none';
  /** Ids of the items that were rejected. */
  readonly rejected: readonly string[];
  /** To both stores. */
  readonly writes: number;
}

/** What the sync read is about to change. It has done what it could; it must run again. */
export class LookAgain extends Error {
  override readonly name = 'LookAgain';
}

/**
 * Makes a tenant's policy stores and its snapshot what its release and its live policies say. Looks only at how things
 * are, never at what woke it: running it twice, late or in another order ends in the same state.
 * @throws {LookAgain}
 * @throws {LeaseBusy} when another sync of the tenant does not end
 */
export async function syncTenant(args: SyncArgs, slug: string): Promise<SyncResult> {
  const items = await readTenantItems(args.documents, args.policiesTable, slug);
  const { release } = items;
  if (!release) return syncWithoutRelease(args, slug, items);
  const leaseArgs = { ...args, table: args.syncStateTable, holder: randomUUID() };
  return withSessions(leaseArgs, slug, storeIdsOf(release), (sessions) =>
    syncUnderLease(args, slug, storeIdsOf(release), sessions),
  );
}

/** The full store and the gateway's. */
const storeIdsOf = (release: ReleaseItem) => [release.policyStoreId, release.gatewayPolicyStoreId] as const;

async function syncUnderLease(
  args: SyncArgs,
  slug: string,
  storeIds: ReturnType<typeof storeIdsOf>,
  sessions: Sessions,
): Promise<SyncResult> {
  // Read only now: what was there before the lease was taken may be older than what its last holder enforced.
  const items = await readTenantItems(args.documents, args.policiesTable, slug);
  const { release } = items;
  if (!release || storeIdsOf(release).join() !== storeIds.join()) {
    throw new LookAgain('the release names other stores than a moment ago');
  }
  const table = { documents: args.documents, table: args.syncStateTable };
  const state = await readState(table, slug);
  const [full, gateway] = storesFor(args, storeIds, sessions);
  const [fullSchema, gatewaySchema] = await Promise.all([full.store.schema(), gateway.store.schema()]);
  const schemas = { full: fullSchema, gateway: gatewaySchema };

  const form = gatewayFormOf(args, slug, release);
  const last = lastAccepted(state, release);
  const judged = judgeRelease(release, items, schemas, form, last);
  const live = judgeLive(items.live, schemas, form, args.rules, state.policies ?? []);
  const stores = { full, gateway, withToken: release.token !== undefined };
  const { target, ids, writes } = await enforce(stores, targetOf(judged, live), last);

  const { accepted, verdicts } = target;
  const at = new Date(args.clock.now()).toISOString();
  const { releaseSha256, userPoolId } = accepted;
  const publication = { policies: policiesOf(target), releaseSha256, userPoolId, ids };
  await publish(table, slug, publication, state, at, sessions.ensure);
  const known = [...Object.keys(release.policies), ...accepted.policies.map(({ id }) => id)];
  const knownLive = [...items.live.keys()].map(liveId);
  await writeStatuses(table, slug, verdicts, new Set([...known, ...knownLive]), state.statuses, at);
  if (judged.lookAgain) throw new LookAgain('a policy store still shows another schema than the release');
  return {
    slug,
    release: verdicts[RELEASE]?.state ?? 'kept',
    rejected: Object.keys(verdicts).filter((id) => verdicts[id]?.state === 'rejected'),
    writes,
  };
}

function storesFor(
  { openStore }: SyncArgs,
  [full, gateway]: ReturnType<typeof storeIdsOf>,
  { settlementOf, ensure }: Sessions,
) {
  const argsFor = (id: string): ConvergeArgs => ({
    store: openStore(id),
    settlement: settlementOf(id),
    beforeWrite: ensure,
  });
  return [argsFor(full), argsFor(gateway)] as const;
}

const gatewayFormOf = ({ project, rules: { model } }: SyncArgs, slug: string, { token }: ReleaseItem) => ({
  project,
  token: token && { ...token, model, slug },
});

/** Undefined also where the gateway's store is asked with tokens for which the last policies have no form. */
function lastAccepted({ manifest, policies }: PublishedState, { token }: ReleaseItem): Accepted | undefined {
  const userPoolId = manifest?.userPoolId;
  const fits = !token || token.userPoolId === userPoolId || policies?.length === 0;
  return fits && policies
    ? {
        releaseSha256: manifest?.releaseSha256 ?? '',
        policies: policies.filter(({ id }) => !isLiveId(id)),
        userPoolId,
      }
    : undefined;
}

/** A tenant before its first release, whose stores hold nothing and so deny everything, or after its retirement. */
async function syncWithoutRelease(args: SyncArgs, slug: string, { live }: TenantItems): Promise<SyncResult> {
  const table = { documents: args.documents, table: args.syncStateTable };
  await withdraw(table, slug, await readState(table, slug));
  const reason = '[RELEASE_MISSING] the tenant has no release, so everything is denied — deploy the tenant';
  const ids = [...live.keys()].map(liveId);
  const verdicts = Object.fromEntries(ids.map((id) => [id, rejected('', reason)]));
  await writeStatuses(table, slug, verdicts, new Set(ids), [], new Date(args.clock.now()).toISOString());
  return { slug, release: 'none', rejected: ids, writes: 0 };
}

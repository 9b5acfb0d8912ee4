import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { setTimeout as delay } from 'node:timers/promises';
import { policyKey, type ReleaseItem, releaseSha256 } from '../authz/tables/policies.ts';
import {
  syncStateKey,
  type PolicyStatusItem,
  type SnapshotManifestItem,
} from '../authz/tables/sync-state.ts';
import { tableName } from './settings.ts';

/** The sync needs some 50 ms a tenant here; a minute is for a machine that does much else. */
const PATIENCE_MS = 60_000;

/** One question for many tenants: a hundred items at a time (BatchGetItem), three a tenant. */
const TENANTS_AT_ONCE = 33;
const POLL_MS = 20;

/**
 * Waits until the sync has published the release of every tenant.
 * @returns what the sync says of releases that it rejected
 */
export async function waitForReleases(dynamodb: DynamoDBClient, slugs: readonly string[]): Promise<string[]> {
  const deadline = Date.now() + PATIENCE_MS;
  const rejected: string[] = [];
  let waiting = slugs;
  while (waiting.length > 0) {
    const outcomes = await outcomesOf(dynamodb, waiting);
    rejected.push(...outcomes.flatMap(({ reason }) => reason ?? []));
    waiting = outcomes.flatMap(({ slug, pending }) => (pending ? [slug] : []));
    if (Date.now() > deadline) break;
    if (waiting.length > 0) await delay(POLL_MS);
  }
  const late = waiting.map(
    (slug) => `tenant ${slug}: the release was not enforced within ${PATIENCE_MS / 1000} s`,
  );
  return [...rejected, ...late];
}

interface Outcome {
  readonly slug: string;
  readonly pending: boolean;
  /** Why it was rejected. */
  readonly reason?: string;
}

async function outcomesOf(dynamodb: DynamoDBClient, slugs: readonly string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let start = 0; start < slugs.length; start += TENANTS_AT_ONCE) {
    const some = slugs.slice(start, start + TENANTS_AT_ONCE);
    const items = await read(dynamodb, some);
    outcomes.push(...some.map((slug) => outcomeOf(slug, items)));
  }
  return outcomes;
}

function outcomeOf(slug: string, items: readonly Item[]): Outcome {
  const is = (item: Item, { pk, sk }: Key): boolean => item.pk === pk && item.sk === sk;
  const release = items.find((item): item is Item & ReleaseItem => is(item, policyKey.release(slug)));
  const manifest = items.find((item): item is Item & SnapshotManifestItem =>
    is(item, syncStateKey.manifest(slug)),
  );
  const status = items.find((item): item is Item & PolicyStatusItem =>
    is(item, syncStateKey.status(slug, 'release')),
  );
  const wanted = release && releaseSha256(release);
  if (wanted !== undefined && manifest?.releaseSha256 === wanted) return { slug, pending: false };
  // What was said of an earlier release stands until the sync has looked at this one.
  if (status?.state !== 'rejected' || status.sha256 !== wanted) return { slug, pending: true };
  const reason = `tenant ${slug}: the sync rejected the release: ${status.reason ?? 'no reason given'}`;
  return { slug, pending: false, reason };
}

interface Key {
  readonly pk: string;
  readonly sk: string;
}
type Item = Key & Record<string, unknown>;

async function read(dynamodb: DynamoDBClient, slugs: readonly string[]): Promise<Item[]> {
  const states = slugs.flatMap((slug) => [syncStateKey.manifest(slug), syncStateKey.status(slug, 'release')]);
  const { Responses = {} } = await dynamodb.send(
    new BatchGetItemCommand({
      RequestItems: {
        [tableName('policies')]: {
          Keys: slugs.map((slug) => marshall(policyKey.release(slug))),
          ConsistentRead: true,
        },
        [tableName('sync-state')]: { Keys: states.map((key) => marshall(key)), ConsistentRead: true },
      },
    }),
  );
  return Object.values(Responses)
    .flat()
    .map((item) => unmarshall(item))
    .filter((item): item is Item => typeof item['pk'] === 'string' && typeof item['sk'] === 'string');
}

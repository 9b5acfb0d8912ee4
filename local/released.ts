import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { setTimeout as delay } from 'node:timers/promises';
import { policyKey, type ReleaseItem } from '../authz/tables/policies.ts';
import {
  syncStateKey,
  type PolicyStatusItem,
  type SnapshotManifestItem,
} from '../authz/tables/sync-state.ts';
import { tableName } from './settings.ts';

/** The sync needs some 50 ms a tenant here; a minute is for a machine that does much else. */
const PATIENCE_MS = 60_000;

/**
 * Waits until the sync has published the release of every tenant.
 * @returns what the sync says of releases that it rejected
 */
export async function waitForReleases(dynamodb: DynamoDBClient, slugs: readonly string[]): Promise<string[]> {
  const reasons = await Promise.all(slugs.map((slug) => waitForRelease(dynamodb, slug)));
  return reasons.filter((reason) => reason !== undefined);
}

async function waitForRelease(dynamodb: DynamoDBClient, slug: string): Promise<string | undefined> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { release, manifest, status } = await read(dynamodb, slug);
    const wanted = Object.entries(release?.policies ?? {});
    if (manifest && wanted.every(([id, sha256]) => manifest.policies[id] === sha256)) return undefined;
    if (status?.state === 'rejected')
      return `tenant ${slug}: the sync rejected the release: ${status.reason ?? 'no reason given'}`;
    if (Date.now() > deadline)
      return `tenant ${slug}: the release was not enforced within ${PATIENCE_MS / 1000} s`;
    await delay(20);
  }
}

async function read(dynamodb: DynamoDBClient, slug: string) {
  const [policies, syncState] = [tableName('policies'), tableName('sync-state')];
  const { Responses = {} } = await dynamodb.send(
    new BatchGetItemCommand({
      RequestItems: {
        [policies]: { Keys: [marshall(policyKey.release(slug))], ConsistentRead: true },
        [syncState]: {
          Keys: [marshall(syncStateKey.manifest(slug)), marshall(syncStateKey.status(slug, 'release'))],
          ConsistentRead: true,
        },
      },
    }),
  );
  const [release] = Responses[policies] ?? [];
  const state = (Responses[syncState] ?? []).map((item) => unmarshall(item));
  return {
    release: release && (unmarshall(release) as ReleaseItem),
    manifest: state.find(({ sk }) => sk === 'snapshot') as SnapshotManifestItem | undefined,
    status: state.find(({ sk }) => sk === 'status#release') as PolicyStatusItem | undefined,
  };
}

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
    const wanted = release && releaseSha256(release);
    if (wanted !== undefined && manifest?.releaseSha256 === wanted) return undefined;
    // What was said of an earlier release stands until the sync has looked at this one.
    if (status?.state === 'rejected' && status.sha256 === wanted)
      return `tenant ${slug}: the sync rejected the release: ${status.reason ?? 'no reason given'}`;
    if (Date.now() > deadline)
      return `tenant ${slug}: the release was not enforced within ${PATIENCE_MS / 1000} s`;
    await delay(20);
  }
}

async function read(dynamodb: DynamoDBClient, slug: string) {
  const keys = {
    release: policyKey.release(slug),
    manifest: syncStateKey.manifest(slug),
    status: syncStateKey.status(slug, 'release'),
  };
  const { Responses = {} } = await dynamodb.send(
    new BatchGetItemCommand({
      RequestItems: {
        [tableName('policies')]: { Keys: [marshall(keys.release)], ConsistentRead: true },
        [tableName('sync-state')]: {
          Keys: [marshall(keys.manifest), marshall(keys.status)],
          ConsistentRead: true,
        },
      },
    }),
  );
  const items = Object.values(Responses)
    .flat()
    .map((item) => unmarshall(item));
  return {
    release: items.find((item): item is ReleaseItem => item['sk'] === keys.release.sk),
    manifest: items.find((item): item is SnapshotManifestItem => item['sk'] === keys.manifest.sk),
    status: items.find((item): item is PolicyStatusItem => item['sk'] === keys.status.sk),
  };
}

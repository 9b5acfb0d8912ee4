import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { sha256Hex } from '../../cedar/hash.ts';
import { isCount, isFlag, isListOf, isMapOf, isOptional, isText, shapeOf } from '../item-shape.ts';
import {
  type SnapshotManifestItem,
  type SnapshotPartItem,
  type SnapshotPolicy,
  syncStateKey,
} from '../tables/sync-state.ts';

/** The policies that the sync last published for a tenant, complete. */
export interface Snapshot {
  readonly version: string;
  readonly policies: readonly SnapshotPolicy[];
}

const isManifest = shapeOf<SnapshotManifestItem>({
  pk: isText,
  sk: isText,
  version: isText,
  parts: isCount,
  policies: isMapOf(isText),
  releaseSha256: isText,
  userPoolId: isOptional(isText),
  publishedAt: isText,
});
const isPolicy = shapeOf<SnapshotPolicy>({
  id: isText,
  statement: isText,
  sha256: isText,
  gatewayStatement: isOptional(isText),
  tokenStatement: isOptional(isText),
  impossible: isOptional(isFlag),
});
const isPart = shapeOf<SnapshotPartItem>({ pk: isText, sk: isText, policies: isListOf(isPolicy) });

/** Before the first release a tenant's policies permit nothing, as its store does. */
const NONE: Snapshot = { version: '', policies: [] };

export interface SnapshotSource {
  readonly documents: DynamoDBDocumentClient;
  readonly table: string;
}

export class SnapshotIncomplete extends Error {
  override readonly name = 'SnapshotIncomplete';
}

/**
 * Reads a tenant's snapshot, or returns `known` when it is still the published one.
 * @throws SnapshotIncomplete when a part is missing or differs from the manifest: a policy left out may be a forbid.
 */
export async function readSnapshot(
  { documents, table }: SnapshotSource,
  slug: string,
  known: Snapshot | undefined,
): Promise<Snapshot> {
  const get = async (Key: Readonly<Record<string, string>>): Promise<unknown> =>
    (await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;

  const manifest = await get(syncStateKey.manifest(slug));
  if (manifest === undefined) return NONE;
  if (!isManifest(manifest)) throw new Error('the manifest of the snapshot is malformed');
  if (manifest.version === known?.version) return known;
  const parts = await Promise.all(
    Array.from({ length: manifest.parts }, (_, n) => get(syncStateKey.part(slug, manifest.version, n))),
  );
  const policies = parts.flatMap((part) => (isPart(part) ? part.policies : []));
  if (!isComplete(manifest, policies))
    throw new SnapshotIncomplete(`the snapshot ${manifest.version} is incomplete`);
  return { version: manifest.version, policies };
}

function isComplete(
  { policies: expected }: SnapshotManifestItem,
  policies: readonly SnapshotPolicy[],
): boolean {
  const ids = new Set(policies.map(({ id }) => id));
  return (
    ids.size === policies.length &&
    ids.size === Object.keys(expected).length &&
    policies.every(({ id, statement, sha256 }) => expected[id] === sha256 && sha256Hex(statement) === sha256)
  );
}

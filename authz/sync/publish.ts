import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { canonicalJson } from '../../cedar/canonical-json.ts';
import { sha256Hex } from '../../cedar/hash.ts';
import { utf8Bytes } from '../../cedar/limits.ts';
import {
  type SnapshotManifestItem,
  type SnapshotPartItem,
  type SnapshotPolicy,
  syncStateKey,
} from '../tables/sync-state.ts';
import type { PublishedState, StateTable } from './state.ts';

/** Below DynamoDB's 400 kB an item, with room for attribute names. */
const PART_BYTES = 300_000;
const VERSION_DIGITS = 16;

export interface Publication {
  readonly policies: readonly SnapshotPolicy[];
  readonly releaseSha256: string;
  readonly userPoolId?: string | undefined;
  /** Ids of both stores' policies -> ours. */
  readonly ids: Readonly<Record<string, string>>;
}

/**
 * Publishes what the stores now enforce, for embedded deciders. A reader sees the old snapshot or the new one: parts
 * come before the manifest that names them, and the old parts go after it.
 * @param beforeWrite throws when this sync may not write any more
 */
export async function publish(
  { documents, table }: StateTable,
  slug: string,
  { policies, releaseSha256, userPoolId, ids }: Publication,
  before: PublishedState,
  publishedAt: string,
  beforeWrite: () => Promise<void>,
): Promise<void> {
  const put = async (Item: object): Promise<void> => {
    await beforeWrite();
    await documents.send(new PutCommand({ TableName: table, Item: { ...Item } }));
  };
  if (canonicalJson(ids) !== canonicalJson(before.ids)) await put({ ...syncStateKey.ids(slug), ids });

  const version = sha256Hex(
    canonicalJson({ policies, releaseSha256, ...(userPoolId !== undefined && { userPoolId }) }),
  ).slice(0, VERSION_DIGITS);
  const parts = divide(policies).map((part, n): SnapshotPartItem => ({
    ...syncStateKey.part(slug, version, n),
    policies: part,
  }));
  if (before.manifest?.version !== version || !before.policies) {
    for (const part of parts) await put(part);
    const manifest: SnapshotManifestItem = {
      ...syncStateKey.manifest(slug),
      version,
      parts: parts.length,
      policies: Object.fromEntries(policies.map(({ id, sha256 }) => [id, sha256])),
      releaseSha256,
      ...(userPoolId !== undefined && { userPoolId }),
      publishedAt,
    };
    await put(manifest);
  }
  for (const sk of before.parts.filter((old) => !parts.some((part) => part.sk === old))) {
    await documents.send(new DeleteCommand({ TableName: table, Key: { pk: slug, sk } }));
  }
}

/** Takes back what was published: the tenant has no release any more. Its embedded deciders then permit nothing. */
export async function withdraw(
  { documents, table }: StateTable,
  slug: string,
  { manifest, parts, ids, statuses }: PublishedState,
): Promise<void> {
  const keys = [
    // First of all, so that no reader looks for parts that are gone.
    ...(manifest ? [manifest.sk] : []),
    ...parts,
    ...(Object.keys(ids).length > 0 ? [syncStateKey.ids(slug).sk] : []),
    ...statuses.map(({ sk }) => sk),
  ];
  for (const sk of keys) {
    await documents.send(new DeleteCommand({ TableName: table, Key: { pk: slug, sk } }));
  }
}

function divide(policies: readonly SnapshotPolicy[]): SnapshotPolicy[][] {
  const parts: SnapshotPolicy[][] = [];
  let room = 0;
  for (const policy of policies) {
    const bytes = utf8Bytes(JSON.stringify(policy));
    if (bytes > room) {
      parts.push([]);
      room = PART_BYTES;
    }
    parts.at(-1)?.push(policy);
    room -= bytes;
  }
  return parts;
}

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  type IdsItem,
  type PolicyStatusItem,
  type SnapshotManifestItem,
  type SnapshotPartItem,
  type SnapshotPolicy,
  syncStateKey,
} from '../tables/sync-state.ts';
import { type Keyed, queryAll } from './query.ts';

/** The sync-state table. */
export interface StateTable {
  readonly documents: DynamoDBDocumentClient;
  readonly table: string;
}

/** What the sync last published for a tenant. */
export interface PublishedState {
  readonly manifest: SnapshotManifestItem | undefined;
  /** What the manifest names; undefined when a part of it is missing. */
  readonly policies: readonly SnapshotPolicy[] | undefined;
  /** Sort keys of all snapshot parts, those of interrupted syncs included. */
  readonly parts: readonly string[];
  readonly ids: Readonly<Record<string, string>>;
  readonly statuses: readonly PolicyStatusItem[];
}

const isManifest = (item: Keyed): item is SnapshotManifestItem => item.sk === 'snapshot';
const isPart = (item: Keyed): item is SnapshotPartItem => item.sk.startsWith('snapshot#');
const isIds = (item: Keyed): item is IdsItem => item.sk === 'ids';
const isStatus = (item: Keyed): item is PolicyStatusItem => item.sk.startsWith('status#');

export async function readState({ documents, table }: StateTable, slug: string): Promise<PublishedState> {
  const items = await queryAll(documents, table, slug);
  const manifest = items.find(isManifest);
  const parts = items.filter(isPart);
  return {
    manifest,
    policies: manifest ? policiesOf(manifest, parts) : [],
    parts: parts.map(({ sk }) => sk),
    ids: items.find(isIds)?.ids ?? {},
    statuses: items.filter(isStatus),
  };
}

function policiesOf(
  { pk, version, parts: count, policies: expected }: SnapshotManifestItem,
  parts: readonly SnapshotPartItem[],
): SnapshotPolicy[] | undefined {
  const policies = Array.from({ length: count }, (_, n) => syncStateKey.part(pk, version, n).sk).flatMap(
    (key) => parts.find(({ sk }) => sk === key)?.policies ?? [],
  );
  const isComplete =
    policies.length === Object.keys(expected).length &&
    policies.every(({ id, sha256 }) => expected[id] === sha256);
  return isComplete ? policies : undefined;
}

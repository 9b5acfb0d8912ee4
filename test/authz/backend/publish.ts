import { randomUUID } from 'node:crypto';
import { sha256Hex } from '../../../cedar/hash.ts';
import { type SnapshotManifestItem, syncStateKey } from '../../../authz/tables/sync-state.ts';
import type { Tables } from '../tables.ts';

/** Publishes policies of a tenant as the sync does: the parts first, then the manifest that names them. */
export async function publish(
  tables: Tables,
  slug: string,
  policies: Readonly<Record<string, string>>,
): Promise<void> {
  const version = randomUUID();
  const entries = Object.entries(policies).map(([id, statement]) => ({
    id,
    statement,
    sha256: sha256Hex(statement),
  }));
  await tables.put({ ...syncStateKey.part(slug, version, 0), policies: entries });
  await tables.put({
    ...syncStateKey.manifest(slug),
    version,
    parts: 1,
    policies: Object.fromEntries(entries.map(({ id, sha256 }) => [id, sha256])),
    releaseSha256: '',
    publishedAt: '2026-01-01T00:00:00Z',
  } satisfies SnapshotManifestItem);
}

import { type PolicyStatusItem, syncStateKey } from '../tables/sync-state.ts';
import type { StateTable } from './state.ts';
import { RELEASE, type Verdict, type Verdicts } from './verdict.ts';
import { type Write, writeAll } from './write-all.ts';

/**
 * Writes the verdicts that changed, that of the release last: whoever waits for it then finds the others.
 * @param known ids that may have a status; others' statuses go
 */
export async function writeStatuses(
  table: StateTable,
  slug: string,
  verdicts: Verdicts,
  known: ReadonlySet<string>,
  before: readonly PolicyStatusItem[],
  at: string,
): Promise<void> {
  const written = new Map(before.map((status) => [status.sk, status]));
  const changed = (id: string, verdict: Verdict): Write[] => {
    const key = syncStateKey.status(slug, id);
    const Item: PolicyStatusItem = { ...key, ...verdict, at };
    return isSame(written.get(key.sk), verdict) ? [] : [{ PutRequest: { Item: { ...Item } } }];
  };
  const { [RELEASE]: release, ...others } = verdicts;
  const kept = new Set([...known, RELEASE].map((id) => syncStateKey.status(slug, id).sk));
  const gone = before.filter(({ sk }) => !kept.has(sk));
  await writeAll(table, [
    ...Object.entries(others).flatMap(([id, verdict]) => changed(id, verdict)),
    ...gone.map(({ pk, sk }): Write => ({ DeleteRequest: { Key: { pk, sk } } })),
  ]);
  if (release) await writeAll(table, changed(RELEASE, release));
}

const isSame = (status: PolicyStatusItem | undefined, verdict: Verdict): boolean =>
  status?.state === verdict.state && status.sha256 === verdict.sha256 && status.reason === verdict.reason;

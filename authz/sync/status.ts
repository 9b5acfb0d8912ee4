import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type PolicyStatusItem, syncStateKey } from '../tables/sync-state.ts';
import type { StateTable } from './state.ts';
import { RELEASE, type Verdict, type Verdicts } from './verdict.ts';

/**
 * Writes the verdicts that changed, that of the release last: whoever waits for it then finds the others.
 * @param known ids that may have a status; others' statuses go
 */
export async function writeStatuses(
  { documents, table }: StateTable,
  slug: string,
  verdicts: Verdicts,
  known: ReadonlySet<string>,
  before: readonly PolicyStatusItem[],
  at: string,
): Promise<void> {
  const written = new Map(before.map((status) => [status.sk, status]));
  const write = async (id: string, verdict: Verdict): Promise<void> => {
    const key = syncStateKey.status(slug, id);
    if (isSame(written.get(key.sk), verdict)) return;
    const item: PolicyStatusItem = { ...key, ...verdict, at };
    await documents.send(new PutCommand({ TableName: table, Item: item }));
  };
  const { [RELEASE]: release, ...others } = verdicts;
  const kept = new Set([...known, RELEASE].map((id) => syncStateKey.status(slug, id).sk));
  const gone = before.filter(({ sk }) => !kept.has(sk));
  await Promise.all([
    ...Object.entries(others).map(([id, verdict]) => write(id, verdict)),
    ...gone.map(({ pk, sk }) => documents.send(new DeleteCommand({ TableName: table, Key: { pk, sk } }))),
  ]);
  if (release) await write(RELEASE, release);
}

const isSame = (status: PolicyStatusItem | undefined, verdict: Verdict): boolean =>
  status?.state === verdict.state && status.sha256 === verdict.sha256 && status.reason === verdict.reason;

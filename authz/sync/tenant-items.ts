import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { policyKey, type ReleaseItem } from '../tables/policies.ts';
import { type Keyed, queryAll } from './query.ts';

/** What the policy table says of one tenant. Statements may be anything: people write live items by hand. */
export interface TenantItems {
  readonly release?: ReleaseItem;
  /** Policy id -> statement. */
  readonly policies: ReadonlyMap<string, unknown>;
  /** Id without prefix -> statement, of live items. */
  readonly live: ReadonlyMap<string, unknown>;
}

export async function readTenantItems(
  documents: DynamoDBDocumentClient,
  table: string,
  slug: string,
): Promise<TenantItems> {
  const [items, live] = await Promise.all([
    queryAll(documents, table, policyKey.release(slug).pk),
    queryAll(documents, table, policyKey.live(slug, '').pk),
  ]);
  const release = items.find(isRelease);
  return { ...(release && { release }), policies: statementsOf(items), live: statementsOf(live) };
}

const POLICY = 'policy#';

const isRelease = (item: Keyed): item is ReleaseItem => item.sk === 'release';

const statementsOf = (items: readonly Keyed[]): Map<string, unknown> =>
  new Map(
    items
      .filter(({ sk }) => sk.startsWith(POLICY))
      .map((item) => [item.sk.slice(POLICY.length), 'statement' in item ? item.statement : undefined]),
  );

import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { freshCache } from '../identity/fresh-cache.ts';
import { isMapOf, isText, shapeOf } from '../item-shape.ts';
import { type IdsItem, syncStateKey } from '../tables/sync-state.ts';
import type { PolicyIds } from './verified-permissions.ts';

const isIdsItem = shapeOf<IdsItem>({ pk: isText, sk: isText, ids: isMapOf(isText) });

/** Names in logs may lag behind a release by this much. */
const STALENESS_MS = 30_000;
const TENANTS = 500;

/** How the policies of a tenant's stores are called by us: what the sync wrote down when it made them. */
export function policyIds(documents: DynamoDBDocumentClient, table: string, now: () => number): PolicyIds {
  const cache = freshCache({
    stalenessMs: STALENESS_MS,
    entries: TENANTS,
    now,
    async read(slug) {
      const { Item } = await documents.send(
        new GetCommand({ TableName: table, Key: syncStateKey.ids(slug) }),
      );
      return isIdsItem(Item) ? Item.ids : {};
    },
  });
  return async (slug) => (await cache(slug)).value;
}

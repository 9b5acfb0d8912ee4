import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { registryKey, type RegistryRow, type SharedRow } from '../tables/registry.ts';
import { isOneOf, isText, shapeOf } from '../item-shape.ts';
import { freshCache } from './fresh-cache.ts';
import { isRegistryRow } from './registry-row.ts';
import { IdentityUnavailable } from './unavailable.ts';

/** What the registry says of an issuer and client. */
export interface Registration {
  readonly row: RegistryRow;
  readonly suspended: boolean;
}

export interface Registry {
  /** Undefined when no row names them. @throws IdentityUnavailable */
  find(
    issuer: string,
    clientId: string,
  ): Promise<{ readonly registration?: Registration; readonly hit: boolean }>;
}

export interface RegistryOptions {
  readonly documents: DynamoDBDocumentClient;
  readonly table: string;
  /** How long an answer may be reused: what a suspension takes at most to be seen. */
  readonly stalenessMs: number;
  readonly now: () => number;
}

const isSharedRow = shapeOf<SharedRow>({ pk: isText, sk: isOneOf('*'), shared: (value) => value === true });

/** Answers remembered at once: unverified tokens choose the keys. */
const ENTRIES = 5_000;

/** Reads the registry table, with consistent reads: staleness is then ours alone, and bounded. */
export function createRegistry({ documents, table, stalenessMs, now }: RegistryOptions): Registry {
  async function get(key: { readonly pk: string; readonly sk: string }): Promise<unknown> {
    try {
      const { Item } = await documents.send(
        new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
      );
      return Item;
    } catch (error) {
      throw new IdentityUnavailable('registry', error);
    }
  }

  const registrations = freshCache({
    stalenessMs,
    entries: ENTRIES,
    now,
    async read(key): Promise<Registration | undefined> {
      const [issuer, clientId]: [string, string] = JSON.parse(key);
      // A client's own row wins even when it refuses: otherwise taking a client's rights away would give it `*`.
      const row =
        (await get(registryKey.client(issuer, clientId))) ?? (await get(registryKey.anyClient(issuer)));
      if (row === undefined || isSharedRow(row)) return undefined;
      if (!isRegistryRow(row)) throw new IdentityUnavailable('registry', new TypeError('not a registry row'));
      // Whose client somebody is, in a pool that services share, only a row of that client can say.
      if (row.sk === '*' && row.kind === 'serviceClient') return undefined;
      const suspension = await get(registryKey.suspension(row.slug));
      return { row, suspended: suspension !== undefined };
    },
  });

  return {
    async find(issuer, clientId) {
      const { value, hit } = await registrations(JSON.stringify([issuer, clientId]));
      return { ...(value && { registration: value }), hit };
    },
  };
}

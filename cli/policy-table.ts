import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { GetSchemaCommand, VerifiedPermissionsClient } from '@aws-sdk/client-verifiedpermissions';
import { isRegistryRow } from '../authz/identity/registry-row.ts';
import { isObject } from '../authz/item-shape.ts';
import { type ReleaseItem, slugOf } from '../authz/tables/policies.ts';
import type { TenantKind } from '../dsl/tenants/tenant.ts';
import { clientSettings, tableName } from '../local/settings.ts';
import { Expected } from './fail.ts';
import { readRunning } from './running.ts';

/** What a policy table says of one tenant, as it stands. */
export interface TableTenant {
  readonly release?: ReleaseItem;
  /** Policy id -> statement. */
  readonly policies: ReadonlyMap<string, string>;
  /** Policy id -> source file. */
  readonly files: ReadonlyMap<string, string>;
  /** Id without prefix -> statement, of live items; people write them by hand. */
  readonly live: ReadonlyMap<string, unknown>;
}

/** A deployment's policies. */
export interface PolicyTable {
  readonly name: string;
  readonly tenants: ReadonlyMap<string, TableTenant>;
  /** The schema of a policy store, in Cedar's JSON form. */
  readonly schemaOf: (policyStoreId: string) => Promise<string>;
  /** Kinds of tenants by slug, as the registry beside the table has them. */
  readonly kinds: () => Promise<ReadonlyMap<string, TenantKind>>;
}

/** Which policy table is meant. */
export interface TableChoice {
  readonly name: string;
  /** Of an embedded cloud, where it is not the one that runs here. */
  readonly endpoint?: string;
}

/** The table of the embedded cloud. */
export const EMBEDDED_TABLE = tableName('policies');

const SUFFIX = '-policies';

/** Whether a name may be that of a policy table. */
export const isTableName = (name: string): boolean => /^[\w-]{3,246}$/.test(name) && name.endsWith(SUFFIX);

/**
 * Reads a policy table: of the embedded cloud that runs here where it is its own, else of AWS, else of an endpoint.
 * @throws Expected when it cannot be read
 */
export async function withPolicyTable<T>(
  root: string,
  { name, endpoint }: TableChoice,
  work: (table: PolicyTable) => Promise<T>,
): Promise<T> {
  const local = endpoint ?? (name === EMBEDDED_TABLE ? (await readRunning(root))?.endpoint : undefined);
  if (name === EMBEDDED_TABLE && local === undefined) {
    throw new Expected('no embedded cloud is running here — start one with: npm start');
  }
  const settings = local === undefined ? {} : clientSettings(local);
  const client = new DynamoDBClient(settings);
  const stores = new VerifiedPermissionsClient(settings);
  const documents = DynamoDBDocumentClient.from(client);
  try {
    const tenants = tenantsOf(await scan(documents, name));
    return await work({
      name,
      tenants,
      async schemaOf(policyStoreId) {
        const { schema } = await stores.send(new GetSchemaCommand({ policyStoreId }));
        return schema ?? '{}';
      },
      async kinds() {
        const rows = await scan(documents, `${name.slice(0, -SUFFIX.length)}-registry`);
        return new Map(rows.filter((row) => isRegistryRow(row)).map(({ slug, kind }) => [slug, kind]));
      },
    });
  } catch (error) {
    throw explained(error, name);
  } finally {
    client.destroy();
    stores.destroy();
  }
}

async function scan(
  client: DynamoDBDocumentClient,
  table: string,
): Promise<Readonly<Record<string, unknown>>[]> {
  const found: Readonly<Record<string, unknown>>[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
    found.push(...Items);
  }
  return found;
}

interface Draft {
  release?: ReleaseItem;
  readonly policies: Map<string, string>;
  readonly files: Map<string, string>;
  readonly live: Map<string, unknown>;
}

const POLICY = 'policy#';

function tenantsOf(items: readonly Readonly<Record<string, unknown>>[]): Map<string, TableTenant> {
  const tenants = new Map<string, Draft>();
  for (const item of items) {
    const { pk, sk, statement, sites } = item;
    if (typeof pk !== 'string' || typeof sk !== 'string') continue;
    const slug = slugOf(pk);
    const draft: Draft = tenants.get(slug) ?? { policies: new Map(), files: new Map(), live: new Map() };
    tenants.set(slug, draft);
    const id = sk.startsWith(POLICY) ? sk.slice(POLICY.length) : undefined;
    if (isRelease(item)) draft.release = item;
    else if (id !== undefined && pk !== slug) draft.live.set(id, statement);
    else if (id !== undefined && typeof statement === 'string') draft.policies.set(id, statement);
    else if (sk === 'sources' && isObject(sites)) {
      for (const [of, file] of Object.entries(sites)) draft.files.set(of, String(file));
    }
  }
  return tenants;
}

const isRelease = (item: object): item is ReleaseItem =>
  'sk' in item &&
  item.sk === 'release' &&
  'policies' in item &&
  isObject(item.policies) &&
  'policyStoreId' in item &&
  'schemaSha256' in item;

/** What a person can do about it, in place of a stack. */
function explained(error: unknown, table: string): unknown {
  const name = error instanceof Error ? error.name : '';
  if (name === 'ResourceNotFoundException')
    return new Expected(`there is no table ${table} — is its name right, and the region?`);
  if (name === 'AccessDeniedException')
    return new Expected(
      `${table} may not be read — use credentials that may, for example AWS_PROFILE=security`,
    );
  if (name === 'CredentialsProviderError' || /Region is missing/.test(String(error)))
    return new Expected('no AWS credentials or region are set — set AWS_PROFILE and AWS_REGION');
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNREFUSED' ? new Expected('nothing answers there — start it with: npm start') : error;
}

import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreatePolicyStoreCommand,
  PutSchemaCommand,
  VerifiedPermissionsClient,
} from '@aws-sdk/client-verifiedpermissions';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { readSnapshot, type Snapshot } from '../../../authz/decide/snapshot.ts';
import type { Clock } from '../../../authz/sync/clock.ts';
import { readState, type PublishedState } from '../../../authz/sync/state.ts';
import { syncTenant, type SyncArgs, type SyncResult } from '../../../authz/sync/sync-tenant.ts';
import { verifiedPermissionsStore } from '../../../authz/sync/verified-permissions-store.ts';
import { writeAll } from '../../../authz/sync/write-all.ts';
import { policyKey, type ReleaseItem } from '../../../authz/tables/policies.ts';
import { gatewayFacts } from '../../../cedar/gateway-facts.ts';
import { sha256Hex } from '../../../cedar/hash.ts';
import { projectPolicy } from '../../../cedar/project.ts';
import { createDynamoDb } from '../../../local/dynamodb/server.ts';
import { createEndpoint } from '../../../local/endpoint.ts';
import { Faults } from '../../../local/faults.ts';
import { createIam } from '../../../local/iam/authorize.ts';
import { close, listen } from '../../../local/loopback.ts';
import { createVerifiedPermissions } from '../../../local/verified-permissions/server.ts';
import type { Policies } from './arbitrary-policies.ts';
import { GATEWAY_SCHEMA, model, SCHEMA, SCHEMA_HASHES } from './fixture.ts';

export const SLUG = 'acme';
const ACCOUNT = '000000000000';
const POLICIES = 'policies';
const SYNC_STATE = 'sync-state';

/** One process that syncs. */
export interface Syncer {
  readonly sync: (slug?: string) => Promise<SyncResult>;
  readonly close: () => void;
}

export interface SyncerOptions {
  /** Called before every write to a store or a table; what it throws, the process dies of. */
  readonly onWrite?: () => Promise<void>;
  readonly args?: Partial<SyncArgs>;
}

/** A tenant's tables and stores behind one real endpoint, at a time that passes only when somebody sleeps. */
export interface World {
  readonly clock: Clock;
  readonly stores: { readonly full: string; readonly gateway: string };
  readonly faults: Faults;
  readonly documents: DynamoDBDocumentClient;
  readonly verifiedPermissions: VerifiedPermissionsClient;
  /** Writes policies and the release that names them. */
  release(policies: Policies, changes?: Partial<ReleaseItem>): Promise<void>;
  putPolicy(id: string, statement: string): Promise<void>;
  putLive(id: string, statement: unknown): Promise<void>;
  remove(key: { readonly pk: string; readonly sk: string }): Promise<void>;
  /** From the sync's own table. */
  removeState(key: { readonly pk: string; readonly sk: string }): Promise<void>;
  syncer(options?: SyncerOptions): Syncer;
  /** Runs the sync once, in a process of its own. */
  sync(options?: SyncerOptions): Promise<SyncResult>;
  /** Statements that decisions of a store see now, sorted. */
  readonly enforced: (store: 'full' | 'gateway') => Promise<readonly string[]>;
  snapshot(): Promise<Snapshot>;
  state(): Promise<PublishedState>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** How long a write to a store may stay unseen, in milliseconds. */
  readonly consistencyMs?: number;
  /** Called while time passes. */
  readonly onTick?: () => Promise<void>;
}

/** Steps in which a sleep passes, so that what becomes visible meanwhile is looked at. */
const TICK_MS = 1_000;

export async function startWorld({ consistencyMs = 0, onTick }: WorldOptions = {}): Promise<World> {
  let time = Date.UTC(2026, 0, 1);
  const clock: Clock = {
    now: () => time,
    async sleep(ms) {
      const until = time + ms;
      const settled = time + consistencyMs;
      while (time < until) {
        // Nothing that was written before changes any more by itself once it is seen everywhere.
        time = time < settled ? Math.min(until, time + TICK_MS) : until;
        await onTick?.();
      }
    },
  };
  const iam = createIam({ account: ACCOUNT, securityRoleArn: `arn:aws:iam::${ACCOUNT}:role/security` });
  const faults = new Faults();
  const store = createVerifiedPermissions({ iam, account: ACCOUNT, consistencyMs, now: clock.now });
  const server = createEndpoint({
    services: [store, ...createDynamoDb({ iam, region: 'us-east-1', account: ACCOUNT }).services],
    routes: [],
    faults,
  });
  const settings = {
    endpoint: `http://127.0.0.1:${await listen(server, 0)}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  const dynamodb = new DynamoDBClient(settings);
  const documents = DynamoDBDocumentClient.from(dynamodb);
  const verifiedPermissions = new VerifiedPermissionsClient(settings);
  await Promise.all([POLICIES, SYNC_STATE].map((table) => dynamodb.send(tableCommand(table))));
  const stores = {
    full: await createStore(verifiedPermissions, SCHEMA),
    gateway: await createStore(verifiedPermissions, GATEWAY_SCHEMA),
  };
  time += consistencyMs;

  /** Past the network, so that looking often costs little. */
  const ask = async (operation: string, input: Readonly<Record<string, unknown>>) =>
    JSON.parse(JSON.stringify(await store.call(operation, input, { accessKeyId: 'test' })));

  const put = async (item: object): Promise<void> => {
    await documents.send(new PutCommand({ TableName: POLICIES, Item: { ...item } }));
  };
  const deleteFrom = async (table: string, Key: Record<string, string>): Promise<void> => {
    await documents.send(new DeleteCommand({ TableName: table, Key }));
  };
  const policyItem = (id: string, statement: string) => ({
    ...policyKey.policy(SLUG, id),
    statement,
    sha256: sha256Hex(statement),
  });

  const syncer = ({ onWrite, args = {} }: SyncerOptions = {}): Syncer => {
    const process = mortal(settings, onWrite);
    const facts = gatewayFacts(model);
    const syncArgs: SyncArgs = {
      documents: process.documents,
      policiesTable: POLICIES,
      syncStateTable: SYNC_STATE,
      openStore: (id) => verifiedPermissionsStore(process.verifiedPermissions, id),
      project: (policy) => projectPolicy(policy, facts),
      rules: { model, allowed: 'forbid' },
      clock,
      consistencyMs,
      ...args,
    };
    return { sync: (slug = SLUG) => syncTenant(syncArgs, slug), close: process.close };
  };

  return {
    clock,
    stores,
    faults,
    documents,
    verifiedPermissions,
    async release(policies, changes = {}) {
      const items = Object.entries(policies).map(([id, statement]) => policyItem(id, statement));
      await writeAll(
        { documents, table: POLICIES },
        items.map((Item) => ({ PutRequest: { Item } })),
      );
      const hashes = Object.entries(policies).map(([id, statement]) => [id, sha256Hex(statement)]);
      await put({
        ...policyKey.release(SLUG),
        policyStoreId: stores.full,
        gatewayPolicyStoreId: stores.gateway,
        ...SCHEMA_HASHES,
        policies: Object.fromEntries(hashes),
        ...changes,
      });
    },
    putPolicy: (id, statement) => put(policyItem(id, statement)),
    putLive: (id, statement) => put({ ...policyKey.live(SLUG, id), statement }),
    remove: (key) => deleteFrom(POLICIES, key),
    removeState: (key) => deleteFrom(SYNC_STATE, key),
    syncer,
    async sync(options) {
      const one = syncer(options);
      try {
        return await one.sync();
      } finally {
        one.close();
      }
    },
    async enforced(which) {
      const policyStoreId = stores[which];
      const { policies }: { policies: { policyId: string }[] } = await ask('ListPolicies', {
        policyStoreId,
        maxResults: 50,
      });
      const requests = policies.map(({ policyId }) => ({ policyStoreId, policyId }));
      if (requests.length === 0) return [];
      const { results }: { results: { definition: { static: { statement: string } } }[] } = await ask(
        'BatchGetPolicy',
        { requests },
      );
      return results.map(({ definition }) => definition.static.statement).toSorted();
    },
    snapshot: () => readSnapshot({ documents, table: SYNC_STATE }, SLUG, undefined),
    state: () => readState({ documents, table: SYNC_STATE }, SLUG),
    async close() {
      dynamodb.destroy();
      verifiedPermissions.destroy();
      await close(server);
    },
  };
}

const tableCommand = (name: string): CreateTableCommand =>
  new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk'].map((key) => ({ AttributeName: key, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  });

async function createStore(client: VerifiedPermissionsClient, schema: string): Promise<string> {
  const command = new CreatePolicyStoreCommand({ validationSettings: { mode: 'STRICT' } });
  const { policyStoreId = '' } = await client.send(command);
  await client.send(new PutSchemaCommand({ policyStoreId, definition: { cedarJson: schema } }));
  return policyStoreId;
}

const READS = /^(Get|BatchGet|List|Query|IsAuthorized)/;

/** Clients of one process. Once `onWrite` has thrown, the process is dead: nothing that it does reaches anybody. */
function mortal(settings: object, onWrite = async (): Promise<void> => {}) {
  let death: unknown;
  const guard = async (commandName: string | undefined): Promise<void> => {
    if (death === undefined && !READS.test(commandName ?? '')) {
      await onWrite().catch((error: unknown) => {
        death = error;
      });
    }
    if (death !== undefined) throw death;
  };
  const dynamodb = new DynamoDBClient(settings);
  const verifiedPermissions = new VerifiedPermissionsClient(settings);
  const name = randomUUID();
  dynamodb.middlewareStack.add(
    (next, context) => async (args) => {
      await guard(context.commandName);
      return next(args);
    },
    { step: 'initialize', name },
  );
  verifiedPermissions.middlewareStack.add(
    (next, context) => async (args) => {
      await guard(context.commandName);
      return next(args);
    },
    { step: 'initialize', name },
  );
  return {
    documents: DynamoDBDocumentClient.from(dynamodb),
    verifiedPermissions,
    close: (): void => {
      dynamodb.destroy();
      verifiedPermissions.destroy();
    },
  };
}

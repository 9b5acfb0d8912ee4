import { createServer } from 'node:http';
import type { Pool } from 'pg';
import {
  type BackendOptions,
  type ContextSource,
  createBackend,
  type Handler,
  sessionsInMemory,
} from '../../../authz/backend/index.ts';
import { embedded } from '../../../authz/decide/embedded.ts';
import { createSnapshots } from '../../../authz/decide/snapshots.ts';
import type { Decision } from '../../../authz/decision.ts';
import { createIdentify } from '../../../authz/identity/identify.ts';
import { createKeys } from '../../../authz/identity/keys.ts';
import { createRegistry } from '../../../authz/identity/registry.ts';
import { createTokenCache } from '../../../authz/identity/token-cache.ts';
import { createVerify } from '../../../authz/identity/verify.ts';
import type { RegistryRow } from '../../../authz/tables/registry.ts';
import { accessClaims, POOL, registryRow } from '../fixture.ts';
import {
  closeServer,
  type KeyServer,
  portOf,
  sign,
  type SigningKey,
  signingKey,
  startKeyServer,
} from '../issuer.ts';
import { startTables, type Tables } from '../tables.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { exchange, type Reply } from './exchange.ts';
import { handlers, loadBook, locateBook } from './library.ts';
import { model } from './model.ts';
import { publish } from './publish.ts';

export const GATEWAY_SECRET = 'the secret of the gateway';
export const PERMIT_ALL = { 'permit-all': 'permit(principal, action, resource);' };

export interface Ask {
  /** Claims on top of those of a good access token; `null` for no token. */
  readonly claims?: Readonly<Record<string, unknown>> | null;
  /** Instead of a token made of claims. */
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

export interface Service {
  readonly decisions: Decision[];
  /** Operations whose handler ran. */
  readonly ran: string[];
  readonly tables: Tables;
  readonly keys: KeyServer;
  readonly key: SigningKey;
  readonly db: TestDatabase;
  readonly pool: Pool;
  readonly options: BackendOptions;
  /** Runs instead of the service's own handler, in the next requests of one test. */
  instead: Handler | undefined;
  /** What the service says of a book that comes back. */
  facts: ContextSource;
  /** Sockets that were closed at the gateway. */
  readonly closed: string[];
  readonly url: string;
  /** The table that books are read from. */
  source: 'book' | 'every_book';
  /** `METHOD /path`, sent as it stands. */
  ask(request: string, options?: Ask): Promise<Reply>;
  publish(policies: Readonly<Record<string, string>>): Promise<void>;
  register(changes: Partial<RegistryRow>): Promise<void>;
  /** What the database really holds of a book. */
  book(tenant: string, id: string): Promise<{ status: string; pages: string | null } | undefined>;
  /** The reason of the last decision. */
  reason(): string | undefined;
  /** As new: books, registry row, policies that permit everything, nothing recorded. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** A service on the kit with everything real around it: PostgreSQL, signed tokens, registry, snapshot, HTTP. */
export async function startService(): Promise<Service> {
  const [db, tables, keys, key] = await Promise.all([
    freshDatabase('./migrations', ROLES),
    startTables(),
    startKeyServer(),
    signingKey('key-1'),
  ]);
  keys.keys.set(POOL, [key.jwk]);
  const decisions: Decision[] = [];
  const ran: string[] = [];
  const closed: string[] = [];
  const watched = Object.entries(handlers).map(([name, handler]): [string, Handler] => [
    name,
    (call) => {
      ran.push(name);
      return (service.instead ?? handler)(call);
    },
  ]);
  const pool = db.pool('library_service', 1);
  const options: BackendOptions = {
    model,
    identify: createIdentify({
      model,
      registry: createRegistry({ ...tables, stalenessMs: 0, now: Date.now }),
      verify: createVerify(createKeys(keys.origin)),
      tokens: createTokenCache(Date.now),
      now: Date.now,
    }),
    decider: embedded({ model, phase: 'backend', snapshots: createSnapshots(tables, Date.now, 0) }),
    database: pool,
    gatewaySecret: GATEWAY_SECRET,
    resources: { Book: (database, id) => loadBook(database, id, service.source) },
    handlers: Object.fromEntries(watched),
    locate: { lendBook: locateBook, returnBook: locateBook },
    context: { returnBook: (about) => service.facts(about) },
    permissionsOperation: 'askPermissions',
    publicHandlers: { 'GET /pages/{name}': async () => ({ status: 200, body: { open: true } }) },
    corsOrigins: ['https://app.example.com'],
    sockets: {
      operation: 'GET /stacks',
      sessions: sessionsInMemory(),
      close: async (connectionId) => void closed.push(connectionId),
      sweepMs: 25,
    },
    record: (decision) => decisions.push(decision),
    now: Date.now,
  };
  const server = createServer(await createBackend(options));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const service: Service = {
    decisions,
    ran,
    closed,
    url: `http://127.0.0.1:${portOf(server)}`,
    tables,
    keys,
    key,
    db,
    pool,
    options,
    instead: undefined,
    facts: () => ({ daysLate: 0 }),
    source: 'book',
    async ask(line, { claims = {}, token, body, headers = {} } = {}) {
      const bearer = token ?? (claims && (await sign(key, accessClaims(claims))));
      const all = { ...(bearer !== null && { authorization: `Bearer ${bearer}` }), ...headers };
      return exchange(portOf(server), line, all, body);
    },
    publish: (policies) => publish(tables, 'acme', policies),
    register: (changes) => tables.put(registryRow({ dataTenants: ['acme'], ...changes })),
    async book(tenant, id) {
      const query = 'select status, pages from book where tenant_id = $1 and id = $2';
      return (await db.admin.query(query, [tenant, id])).rows[0];
    },
    reason: () => decisions.at(-1)?.reason,
    async reset() {
      decisions.length = 0;
      ran.length = 0;
      closed.length = 0;
      service.instead = undefined;
      service.facts = () => ({ daysLate: 0 });
      service.source = 'book';
      await db.admin.query(BOOKS);
      await service.register({});
      await service.publish(PERMIT_ALL);
    },
    async close() {
      await closeServer(server);
      await Promise.all([db.close(), tables.close(), keys.close()]);
    },
  };
  return service;
}

const ROLES = ['library_service', 'library_superuser', 'library_bypass', 'library_member'];

const BOOKS = `
  truncate book;
  insert into book (tenant_id, id, shelf, status, pages) values
    ('acme', '1', 'atlases', 'FREE', 300),
    ('acme', '2', 'atlases', 'LENT', null),
    ('acme', 'incomplete', 'atlases', null, null),
    ('globex', '3', 'novels', 'FREE', 120);`;

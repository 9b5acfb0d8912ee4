import { fileURLToPath } from 'node:url';
import { type Backend, startBackend } from '../../local/backend/server.ts';
import { freePort } from '../../local/loopback.ts';
import { freshDatabase, type TestDatabase } from '../authz/backend/database.ts';
import { exchange, type Reply } from '../authz/backend/exchange.ts';
import { publish } from '../authz/backend/publish.ts';
import { accessClaims, POOL, registryRow } from '../authz/fixture.ts';
import { sign, signingKey, startKeyServer } from '../authz/issuer.ts';
import { startTables } from '../authz/tables.ts';

export const GATEWAY_SECRET = 'the secret of the gateway';

export interface DemoService {
  readonly database: TestDatabase;
  /** What it printed. */
  readonly printed: string[];
  /** As a user of acme, through the gateway. `METHOD /path`. */
  ask(request: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  publish(policies: Readonly<Record<string, string>>): Promise<void>;
  /** Starts another one, with other settings. */
  start(changes: Readonly<Record<string, string>>): Promise<Backend>;
  close(): Promise<void>;
}

/** The demo as it runs behind a gateway: a process of its own, on a database of its own. */
export async function startDemo(): Promise<DemoService> {
  const [database, tables, keys, key] = await Promise.all([
    freshDatabase('../../../demo/migrations', ['cedarwright_app']),
    startTables(),
    startKeyServer(),
    signingKey('key-1'),
  ]);
  keys.keys.set(POOL, [key.jwk]);
  await tables.put(
    registryRow({
      principalType: 'User',
      claimMap: { role: 'role' },
      dataTenants: ['acme'],
    }),
  );
  const { hostname = '', port: tablesPort = 0 } = (await tables.documents.config.endpoint?.()) ?? {};
  const environment = {
    DATABASE_URL: database.url('cedarwright_app'),
    REGISTRY_TABLE: tables.table,
    SYNC_STATE_TABLE: tables.table,
    GATEWAY_SECRET,
    REGISTRY_STALENESS_SECONDS: '0',
    SNAPSHOT_REFRESH_MS: '0',
    COGNITO_JWKS_ORIGIN: keys.origin,
    AWS_ENDPOINT_URL: `http://${hostname}:${tablesPort}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const printed: string[] = [];
  const port = await freePort();
  const start = (changes: Readonly<Record<string, string>>, on: number): Promise<Backend> =>
    startBackend({
      entry: fileURLToPath(new URL('../../demo/main.ts', import.meta.url)),
      root: fileURLToPath(new URL('../..', import.meta.url)),
      port: on,
      environment: { ...environment, ...changes },
      log: (text) => printed.push(text),
    });
  const backend = await start({}, port);
  const token = await sign(key, accessClaims({ role: 'PAYMENT_INITIATOR' }));
  return {
    database,
    printed,
    ask: (line, body, headers = {}) =>
      exchange(
        port,
        line,
        {
          authorization: `Bearer ${token}`,
          'x-gateway-secret': GATEWAY_SECRET,
          'x-source-ip': '10.1.2.3',
          ...headers,
        },
        body,
      ),
    publish: (policies) => publish(tables, 'acme', policies),
    start: async (changes) => start(changes, await freePort()),
    async close() {
      await backend.close();
      await Promise.all([database.close(), tables.close(), keys.close()]);
    },
  };
}

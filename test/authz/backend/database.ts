import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Pool } from 'pg';
import { migrate, setLogin } from '../../../local/postgres/migrate.ts';
import { DATABASE, type Postgres, startPostgres, SUPERUSER } from '../../../local/postgres/server.ts';

/** One server for all tests of a process: databases are made in a tenth of the time. */
let server: Promise<Postgres> | undefined;
after(async () => {
  // One of several processes gets more files after this one; a server ends with the process that started it.
  if (process.env['MOCHA_WORKER_ID'] !== undefined) return;
  await (await server)?.close();
});

export interface TestDatabase {
  /** As the superuser, whom row level security does not bind: sees what is really there. */
  readonly admin: Client;
  /** For connecting as a role that may log in. */
  url(role: string): string;
  /** Ends with `close`. */
  pool(role: string, max?: number): Pool;
  close(): Promise<void>;
}

/**
 * A database of its own, migrated.
 * @param folder of migrations, seen from this file
 * @param roles which of the roles that they make may log in
 */
export async function freshDatabase(folder: string, roles: readonly string[]): Promise<TestDatabase> {
  const { host, port, password } = await (server ??= startPostgres());
  const name = `test_${randomBytes(6).toString('hex')}`;
  const superuser = { host, port, username: SUPERUSER, password, dbname: name };
  const root = new Client({ host, port, user: SUPERUSER, password, database: DATABASE });
  await root.connect();
  await root.query(`create database ${name}`);
  const others = await rolesOf(root);
  await migrate(superuser, fileURLToPath(new URL(folder, import.meta.url)));
  for (const role of roles) await setLogin(superuser, role, password);
  const admin = new Client({ host, port, user: SUPERUSER, password, database: name });
  await admin.connect();
  const pools: Pool[] = [];
  const url = (role: string): string => `postgres://${role}:${password}@${host}:${port}/${name}`;
  return {
    admin,
    url,
    pool(role, max = 4) {
      const pool = new Pool({ connectionString: url(role), max });
      pools.push(pool);
      return pool;
    },
    async close() {
      await Promise.all(pools.map((pool) => pool.end()));
      await admin.end();
      // Waits for connections that are just ending; by force, it would tell them of it.
      await root.query(`drop database ${name}`);
      // Roles belong to the server, and the next database makes its own.
      const made = (await rolesOf(root)).filter((role) => !others.includes(role));
      for (const role of made) await root.query(`drop role ${role}`);
      await root.end();
    },
  };
}

const rolesOf = async (client: Client): Promise<readonly string[]> =>
  (await client.query<{ rolname: string }>('select rolname from pg_roles')).rows.map(
    ({ rolname }) => rolname,
  );

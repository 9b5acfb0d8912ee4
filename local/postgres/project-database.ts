import { Pool } from 'pg';
import { type Login, migrate, setLogin } from './migrate.ts';
import { DATABASE, startPostgres, SUPERUSER } from './server.ts';

/** The login roles that a project's migrations make. */
const BACKEND_LOGIN = 'cedarwright_app';
const HOOK_LOGIN = 'cedarwright_token_hook';

/** The database of a project, as its own migrations made it. */
export interface ProjectDatabase {
  /** What the backend service connects with. */
  readonly url: string;
  /** What token hooks connect with, in the form of a secret of Secrets Manager. */
  readonly hookLogin: Login;
  /** As its superuser. */
  readonly operator: Pool;
  close(): Promise<void>;
}

/** Passwords of the two login roles, new for every start. */
export interface DatabasePasswords {
  readonly backend: string;
  readonly hook: string;
}

/**
 * Starts PostgreSQL and applies a folder of SQL files.
 * @throws Error naming the file that failed
 */
export async function openProjectDatabase(
  migrations: string,
  passwords: DatabasePasswords,
  step: <T>(what: string, work: Promise<T>) => Promise<T>,
): Promise<ProjectDatabase> {
  const postgres = await step('PostgreSQL', startPostgres());
  const { host, port } = postgres;
  const login = (username: string, password: string): Login => ({
    host,
    port,
    username,
    password,
    dbname: DATABASE,
  });
  const superuser = login(SUPERUSER, postgres.password);
  try {
    await step('migrations', prepare(superuser, migrations, passwords));
  } catch (error) {
    await postgres.close();
    throw error;
  }
  const operator = new Pool({ host, port, user: SUPERUSER, password: postgres.password, database: DATABASE });
  // An idle connection that breaks is replaced at its next use; unheard, the event would end the whole cloud.
  operator.on('error', () => undefined);
  return {
    url: `postgres://${BACKEND_LOGIN}:${passwords.backend}@${host}:${port}/${DATABASE}`,
    hookLogin: login(HOOK_LOGIN, passwords.hook),
    operator,
    async close() {
      await operator.end();
      await postgres.close();
    },
  };
}

async function prepare(superuser: Login, migrations: string, passwords: DatabasePasswords): Promise<void> {
  await migrate(superuser, migrations);
  await setLogin(superuser, BACKEND_LOGIN, passwords.backend);
  await setLogin(superuser, HOOK_LOGIN, passwords.hook);
}

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';

export interface Login {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly dbname: string;
}

/**
 * Applies the SQL files of a folder in the order of their names, all or none.
 * @throws Error naming the file that failed
 */
export async function migrate(superuser: Login, folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted();
  await connected(superuser, async (client) => {
    await client.query('begin');
    for (const file of files) {
      const sql = await readFile(path.join(folder, file), 'utf8');
      await client.query(sql).catch((error: Error) => {
        throw new Error(`${path.join(folder, file)}: ${error.message}`, { cause: error });
      });
    }
    await client.query('commit');
  });
}

/** Lets a role that the migrations made connect with this password. */
export async function setLogin(superuser: Login, role: string, password: string): Promise<void> {
  await connected(superuser, async (client) => {
    await client.query(
      `alter role ${client.escapeIdentifier(role)} login password ${client.escapeLiteral(password)}`,
    );
  });
}

async function connected(
  { host, port, username, password, dbname }: Login,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const client = new Client({ host, port, user: username, password, database: dbname });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

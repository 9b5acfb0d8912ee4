import type { Pool, PoolClient } from 'pg';

/** What handlers and loaders query with: a connection inside the transaction of one tenant. */
export type Database = Pick<PoolClient, 'query'>;

/**
 * Runs `work` in a transaction whose tenant is set, and with it what row level security lets through. The setting
 * ends with the transaction, so that a pooled connection carries nothing over to the next one.
 * Set through a function, because RDS Proxy pins a connection on which it sees a session setting change, and does not
 * look inside functions (RDS User Guide, "Avoiding pinning").
 */
export async function inTenant<T>(
  pool: Pool,
  tenant: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    await client.query('select authz.enter_tenant($1)', [tenant]);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    // A connection that could not be rolled back must not serve anybody else.
    client.release(broken);
  }
}

/**
 * Row level security does not bind a superuser, nor a role that may bypass it: a service that connects as one would
 * see every tenant's rows, and no test of its own would show it.
 * @throws Error for such a role
 */
export async function refusePrivilegedRole(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ rolname: string; privileged: boolean }>(
    'select rolname, rolsuper or rolbypassrls as privileged from pg_roles where rolname = session_user or rolname = current_user',
  );
  const privileged = rows.find((row) => row.privileged);
  if (privileged || rows.length === 0) {
    throw new Error(
      `the database role ${privileged?.rolname ?? ''} bypasses row level security — connect as a role that is neither superuser nor BYPASSRLS`,
    );
  }
}

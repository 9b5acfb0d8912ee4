import type { Pool, PoolClient } from 'pg';

/** What handlers and loaders query with: a connection inside the transaction of one tenant. */
export type Database = Pick<PoolClient, 'query'>;

export interface TenantDatabase {
  /** Whose rows the connection shows. */
  readonly tenant: string;
  readonly database: Database;
}

/**
 * Runs `work` in a transaction whose tenant is set, and with it what row level security lets through. Without a
 * database it just runs: which rows are the tenant's is then for the service's loaders to see to. The setting
 * ends with the transaction, so that a pooled connection carries nothing over to the next one.
 * Set through a function, because RDS Proxy pins a connection on which it sees a session setting change, and does not
 * look inside functions (RDS User Guide, "Avoiding pinning").
 *
 * This guards against queries that forget the tenant, not against a service that names another one: any role may set
 * the setting again. Whoever can put SQL of their own into a query is not held back by it.
 */
export async function inTenant<T>(
  pool: Pool | undefined,
  tenant: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  if (!pool) return work(NO_DATABASE);
  const client = await pool.connect();
  // Whoever uses the connection learns of its loss from the next query. Unheard, the event would end the process.
  const ignore = (): void => {};
  client.on('error', ignore);
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
    client.off('error', ignore);
    // A connection that could not be rolled back must not serve anybody else.
    client.release(broken);
  }
}

/** Of a service that keeps its data elsewhere. */
const NO_DATABASE: Database = {
  query: () => {
    throw new Error('this backend was created without a database');
  },
};

/**
 * Row level security does not bind a superuser, nor a role that may bypass it, nor one that may become either: a
 * service that connects as one could see every tenant's rows, and no test of its own would show it.
 * @throws Error naming such a role
 */
export async function refusePrivilegedRole(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ rolname: string }>(
    `select rolname from pg_roles
     where (rolsuper or rolbypassrls) and pg_has_role(session_user, oid, 'MEMBER') order by rolname`,
  );
  if (rows.length > 0) {
    const names = rows.map(({ rolname }) => rolname).join(', ');
    throw new Error(
      `the database role is, or may become, ${names}, which row level security does not bind — connect as a role that is neither superuser nor BYPASSRLS, nor a member of one`,
    );
  }
}

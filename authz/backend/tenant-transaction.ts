import type { Pool, PoolClient } from 'pg';
import { DatabaseUnavailable } from './database-unavailable.ts';

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
 * @throws DatabaseUnavailable when no connection is to be had, or it was lost on the way
 */
export async function inTenant<T>(
  pool: Pool | undefined,
  tenant: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  if (!pool) return work(NO_DATABASE);
  const client = await pool.connect().catch((error: unknown) => {
    throw new DatabaseUnavailable(error);
  });
  const connection = { lost: false };
  // Whoever uses the connection learns of its loss from the next query. Unheard, the event would end the process.
  const notice = (): void => {
    connection.lost = true;
  };
  client.on('error', notice);
  const lent = lend(client);
  let broken: Error | undefined;
  try {
    await client.query('begin');
    await client.query('select authz.enter_tenant($1)', [tenant]);
    const result = await work(lent.database);
    lent.takeBack();
    const { command } = await client.query('commit');
    // What PostgreSQL answers to a commit after a statement that failed, whatever became of that failure.
    if (command === 'ROLLBACK') throw new Error('a statement failed, so that nothing was committed');
    return result;
  } catch (error) {
    lent.takeBack();
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw connection.lost ? new DatabaseUnavailable(error) : error;
  } finally {
    client.off('error', notice);
    // A connection that could not be rolled back must not serve anybody else.
    client.release(broken);
  }
}

/**
 * A connection for as long as its transaction lasts. A query that nobody waited for would otherwise run later, inside
 * whichever tenant's transaction the connection serves by then.
 */
function lend(client: PoolClient): { readonly database: Database; takeBack(): void } {
  const own = client.query.bind(client);
  let over = false;
  const query = (...args: unknown[]): unknown => {
    if (over) throw new Error("the request's transaction is over: wait for every query before answering");
    return Reflect.apply(own, undefined, args);
  };
  return {
    // Not the client itself with one method replaced: the pool gives the same object to the next request.
    database: new Proxy(client, { get: (_, name) => (name === 'query' ? query : undefined) }),
    takeBack() {
      over = true;
    },
  };
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

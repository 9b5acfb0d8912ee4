import type { Pool, PoolClient } from 'pg';
import { DatabaseUnavailable } from './database-unavailable.ts';

/** What handlers and loaders query with: a connection inside a transaction. */
export type Database = Pick<PoolClient, 'query'>;

/**
 * Runs `work` in a transaction: committed when it succeeds, rolled back when it throws. Without a database it just runs.
 * @param enter what is asked before anything else
 * @throws DatabaseUnavailable when no connection is to be had, or it was lost on the way
 */
export async function inTransaction<T>(
  pool: Pool | undefined,
  begin: string,
  enter: (database: Database) => Promise<unknown>,
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
    await client.query(begin);
    await enter(client);
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

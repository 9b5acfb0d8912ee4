import type { Pool } from 'pg';
import { type Database, inTransaction } from './transaction.ts';

/** Whose rows a connection shows. */
export interface TenantRows {
  /** Undefined where they are of several tenants. */
  readonly tenant: string | undefined;
  readonly tenants: readonly string[];
  readonly database: Database;
}

export interface TenantDatabase extends TenantRows {
  readonly tenant: string;
}

/** Runs `work` on the rows of one of several tenants. */
export type InOneOf = <T>(tenant: string, work: (place: TenantDatabase) => Promise<T>) => Promise<T>;

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
export const inTenant = <T>(
  pool: Pool | undefined,
  tenant: string,
  work: (database: Database) => Promise<T>,
): Promise<T> => inTransaction(pool, 'begin', (database) => enterTenant(database, tenant), work);

/**
 * The same for the rows of several tenants and no others. Nothing can be written: whose a new row would be is a guess.
 * `inOneOf` narrows the one transaction for a while, because a second connection for one request could wait for others
 * that wait for theirs; queries that run meanwhile see the one tenant's rows.
 * @throws DatabaseUnavailable
 */
export const acrossTenants = <T>(
  pool: Pool | undefined,
  tenants: readonly string[],
  work: (place: TenantRows, inOneOf: InOneOf) => Promise<T>,
): Promise<T> => {
  const enterAll = (database: Database): Promise<unknown> =>
    database.query('select authz.enter_tenants($1)', [tenants]);
  return inTransaction(pool, 'begin read only', enterAll, (database) => {
    const place = { tenant: undefined, tenants, database };
    return work(place, async (tenant, ask) => {
      if (pool) await enterTenant(database, tenant);
      try {
        return await ask(ofTenant(tenant, database));
      } finally {
        if (pool) await enterAll(database);
      }
    });
  });
};

export const ofTenant = (tenant: string, database: Database): TenantDatabase => ({
  tenant,
  tenants: [tenant],
  database,
});

const enterTenant = (database: Database, tenant: string): Promise<unknown> =>
  database.query('select authz.enter_tenant($1)', [tenant]);

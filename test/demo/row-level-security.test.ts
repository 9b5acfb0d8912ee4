import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Pool } from 'pg';
import { acrossTenants, inTenant } from '../../authz/backend/tenant-transaction.ts';
import { freshDatabase, type TestDatabase } from '../authz/backend/database.ts';

const INSUFFICIENT_PRIVILEGE = '42501';
const FOREIGN_KEY_VIOLATION = '23503';
const TENANTS = ['acme', 'globex', 'retail'] as const;

/** SQLSTATE of what must fail. */
const codeOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: { readonly code?: string }) => error.code,
  );

describe('row level security of the demo', () => {
  let database: TestDatabase;
  let tables: readonly string[];
  /** One connection: whatever a transaction leaves behind, the next one meets. */
  let pool: Pool;
  before(async () => {
    database = await freshDatabase('../../../demo/migrations', ['cedarwright_app', 'cedarwright_token_hook']);
    pool = database.pool('cedarwright_app', 1);
    const { rows } = await database.admin.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'payments'",
    );
    tables = rows.map(({ name }) => name);
  });
  after(() => database.close());

  /** Whose rows a query sees that asks for all. */
  const owners = async (on: Pick<Pool, 'query'>, table: string): Promise<readonly string[]> =>
    (await on.query<{ tenant_id: string }>(`select distinct tenant_id from ${table} order by 1`)).rows.map(
      (row) => row.tenant_id,
    );
  const as = <T>(tenant: string, work: Parameters<typeof inTenant<T>>[2]): Promise<T> =>
    inTenant(pool, tenant, work);

  it('is enabled and forced on every table, none of which the service owns', async () => {
    const { rows } = await database.admin.query(
      `select relrowsecurity as enabled, relforcerowsecurity as forced, pg_get_userbyid(relowner) as owner
       from pg_class where relnamespace = 'payments'::regnamespace and relkind = 'r'`,
    );
    expect(rows).to.have.length(9);
    for (const row of rows) expect(row).to.deep.equal({ enabled: true, forced: true, owner: 'postgres' });
  });

  it('binds the service, which is nobody special and can make nothing', async () => {
    const { rows } = await database.admin.query(
      "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname like 'cedarwright%'",
    );
    for (const row of rows) expect(Object.values(row)).to.deep.equal([false, false, false, false]);
    for (const statement of [
      'set role postgres',
      'create table payments.mine (id text)',
      'create function public.mine() returns text language sql as $$ select 1::text $$',
      'alter table payments.account disable row level security',
      'drop policy own_tenant on payments.account',
      'select * from authz.subjects',
    ])
      expect(await codeOf(pool.query(statement)), statement).to.equal(INSUFFICIENT_PRIVILEGE);
  });

  it('cannot be turned off: then every query is refused', async () => {
    const off = as('acme', async (client) => {
      await client.query('set local row_security = off');
      await client.query('select * from payments.account');
    });
    expect(await codeOf(off)).to.equal(INSUFFICIENT_PRIVILEGE);
  });

  it('shows a query that forgets the tenant only that tenant’s rows, in every table', async () => {
    for (const table of tables) {
      const all = await owners(database.admin, table);
      expect(all, `${table} has data of several tenants`).to.have.length.above(1);
      for (const tenant of TENANTS)
        expect(await as(tenant, (client) => owners(client, table)), table).to.deep.equal(
          all.filter((owner) => owner === tenant),
        );
    }
  });

  it('shows nothing where no tenant was entered, in every table', async () => {
    for (const table of tables) expect(await owners(pool, table), table).to.deep.equal([]);
    for (const nobody of ['', 'nobody'])
      expect(await as(nobody, (client) => owners(client, 'payments.account'))).to.deep.equal([]);
  });

  it('shows a list of several tenants the rows of those, in every table, and lets it write none', async () => {
    const across = <T>(tenants: readonly string[], work: Parameters<typeof inTenant<T>>[2]): Promise<T> =>
      acrossTenants(pool, tenants, ({ database: client }) => work(client));
    for (const table of tables) {
      const all = await owners(database.admin, table);
      for (const tenants of [TENANTS.slice(0, 2), ['retail', 'nobody'], ['', 'nobody']])
        expect(await across(tenants, (client) => owners(client, table)), table).to.deep.equal(
          all.filter((owner) => tenants.includes(owner)),
        );
    }
    const narrowed = await acrossTenants(pool, TENANTS, async ({ database: all }, inOneOf) => [
      await inOneOf('globex', ({ database: one }) => owners(one, 'payments.account')),
      await owners(all, 'payments.account'),
    ]);
    expect(narrowed, 'one of them for a while').to.deep.equal([['globex'], [...TENANTS]]);
    // Were the transaction not read-only, the rules of each table would still have none written.
    const client = await pool.connect();
    await client.query('begin');
    await client.query('select authz.enter_tenants($1)', [TENANTS]);
    expect((await client.query("update payments.account set status = 'CLOSED'")).rowCount).to.equal(0);
    expect((await client.query('delete from payments.report')).rowCount).to.equal(0);
    const insert =
      "insert into payments.report (tenant_id, id, report_type) values ('acme', 'rep-x', 'FEES')";
    expect(await codeOf(client.query(insert))).to.equal(INSUFFICIENT_PRIVILEGE);
    await client.query('rollback');
    client.release();
    expect(await owners(pool, 'payments.account'), 'afterwards').to.deep.equal([]);
  });

  it('takes no row for another tenant, and none for nobody', async () => {
    const insert = "insert into payments.report (tenant_id, id, report_type) values ($1, 'rep-new', 'FEES')";
    const foreign = as('acme', (client) => client.query(insert, ['globex']));
    expect(await codeOf(foreign)).to.equal(INSUFFICIENT_PRIVILEGE);
    expect(await codeOf(pool.query(insert, ['acme'])), 'outside of a tenant').to.equal(
      INSUFFICIENT_PRIVILEGE,
    );
    await as('acme', (client) =>
      client.query("insert into payments.report (id, report_type) values ('rep-new', 'FEES')"),
    );
    const { rows } = await database.admin.query("select tenant_id from payments.report where id = 'rep-new'");
    expect(rows, 'said nothing of a tenant').to.deep.equal([{ tenant_id: 'acme' }]);
  });

  it('gives no row away, and changes and deletes none of another tenant', async () => {
    const given = as('acme', (client) => client.query("update payments.account set tenant_id = 'globex'"));
    expect(await codeOf(given)).to.equal(INSUFFICIENT_PRIVILEGE);
    const touched = await as('acme', async (client) => [
      (await client.query("update payments.account set status = 'CLOSED' where id = 'acc-globex-business'"))
        .rowCount,
      (await client.query("delete from payments.audit_event where id = 'aud-globex-1'")).rowCount,
    ]);
    expect(touched).to.deep.equal([0, 0]);
  });

  it('lets no reference leave the tenant: PostgreSQL checks those past it', async () => {
    const opened = as('acme', (client) =>
      client.query(
        "insert into payments.account (id, customer_id, account_type, currency) values ('acc-x', 'cus-globex', 'BUSINESS', 'EUR')",
      ),
    );
    expect(await codeOf(opened)).to.equal(FOREIGN_KEY_VIOLATION);
  });

  it('tells nobody which ids others use', async () => {
    const taken = await as('acme', (client) =>
      client.query("insert into payments.report (id, report_type) values ('rep-globex-fees', 'FEES')"),
    );
    expect(taken.rowCount).to.equal(1);
  });

  it('lets the token hook look up subjects and nothing else', async () => {
    const hook = database.pool('cedarwright_token_hook', 1);
    expect((await hook.query('select * from authz.subjects')).rows).to.deep.equal([]);
    for (const statement of [
      'select * from payments.account',
      "insert into authz.subjects values ('acme', 'me')",
    ])
      expect(await codeOf(hook.query(statement)), statement).to.equal(INSUFFICIENT_PRIVILEGE);
  });

  describe('on pooled connections', () => {
    const nothingLeft = async (): Promise<void> => {
      expect(await owners(pool, 'payments.account')).to.deep.equal([]);
      expect(pool.totalCount).to.equal(1);
    };

    it('ends with the transaction', async () => {
      expect(await as('acme', (client) => owners(client, 'payments.account'))).to.deep.equal(['acme']);
      await nothingLeft();
    });

    it('ends with a transaction that failed: by its own error, or by a statement’s', async () => {
      await codeOf(as('acme', () => Promise.reject(new Error('changed my mind'))));
      await nothingLeft();
      expect(await codeOf(as('acme', (client) => client.query('select nonsense')))).to.equal('42703');
      await nothingLeft();
    });

    it('ends with a transaction whose commit failed', async () => {
      await database.admin.query(`
        create function payments.refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
        create constraint trigger refuse after insert on payments.report deferrable initially deferred
          for each row execute function payments.refuse();`);
      const late = as('acme', (client) =>
        client.query("insert into payments.report (id, report_type) values ('rep-late', 'FEES')"),
      );
      expect(await codeOf(late)).to.equal('P0001');
      await nothingLeft();
      await database.admin.query('drop function payments.refuse cascade');
    });

    it('is the next transaction’s own, even when a service set a tenant for the whole session', async () => {
      await as('acme', (client) => client.query("select set_config('app.tenant_id', 'globex', false)"));
      expect(await as('retail', (client) => owners(client, 'payments.account'))).to.deep.equal(['retail']);
      await pool.query('reset app.tenant_id');
      await nothingLeft();
    });

    it('never shows one of many transactions, failing ones among them, the rows of another', async () => {
      const shared = database.pool('cedarwright_app', 3);
      const transaction = fc.record({ tenant: fc.constantFrom(...TENANTS), fails: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(fc.array(transaction, { minLength: 2, maxLength: 12 }), async (transactions) => {
          const seen = transactions.map(async ({ tenant, fails }) => {
            const found: (readonly string[])[] = [];
            await inTenant(shared, tenant, async (client) => {
              found.push(await owners(client, 'payments.account'));
              if (fails) await client.query('select nonsense');
              found.push(await owners(client, 'payments.customer'));
            }).catch(() => found.push([tenant]));
            expect(found).to.deep.equal([[tenant], [tenant]]);
          });
          await Promise.all(seen);
          expect(await owners(shared, 'payments.account')).to.deep.equal([]);
        }),
        { numRuns: 25 },
      );
    });
  });

  it('does not hold back a service that enters another tenant by itself: only the kit may, by the registry', async () => {
    const seen = await as('acme', async (client) => {
      await client.query("select authz.enter_tenant('globex')");
      return owners(client, 'payments.account');
    });
    expect(seen).to.deep.equal(['globex']);
  });
});

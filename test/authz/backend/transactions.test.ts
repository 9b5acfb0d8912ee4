import { expect } from 'chai';
import { RequestProblem } from '../../../authz/backend/index.ts';
import { startService, type Service } from './service.ts';

const CHANGE = "update book set status = 'GONE' where id = $1";

/** The pool has one connection: whatever a request leaves behind, the next one meets. */
describe('the transaction that a handler runs in', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  beforeEach(() => service.reset());
  after(() => service.close());

  it('is committed when the handler has answered', async () => {
    service.instead = async ({ database, id }) => {
      await database.query(CHANGE, [id]);
      return { status: 200, body: {} };
    };
    await service.ask('GET /books/1');
    expect(await service.book('acme', '1')).to.include({ status: 'GONE' });
  });

  it('is rolled back when the handler throws: 500, an allow on record, and a clean connection', async () => {
    service.instead = async ({ database, id }) => {
      await database.query(CHANGE, [id]);
      throw new TypeError('alice@example.com');
    };
    const { status, body } = await service.ask('GET /books/1');
    expect(status).to.equal(500);
    const [decision] = service.decisions;
    expect(body).to.deep.equal({ message: 'Internal Server Error', decisionId: decision?.decisionId });
    expect(decision).to.deep.include({ decision: 'allow', cause: 'TypeError', determining: ['permit-all'] });
    expect(service.decisions).to.have.length(1);
    expect(await service.book('acme', '1')).to.include({ status: 'FREE' });
    service.instead = undefined;
    expect((await service.ask('GET /books')).body).to.deep.equal(['1', '2', 'incomplete']);
  });

  it('is rolled back when the request makes no sense, which the client is told', async () => {
    service.instead = async ({ database, id }) => {
      await database.query(CHANGE, [id]);
      throw new RequestProblem(409, 'it is on loan');
    };
    expect(await service.ask('GET /books/1')).to.deep.equal({
      status: 409,
      body: { message: 'it is on loan' },
    });
    expect(service.decisions.map(({ decision }) => decision)).to.deep.equal(['allow']);
    expect(await service.book('acme', '1')).to.include({ status: 'FREE' });
  });

  it('leaves the connection usable after a statement that failed', async () => {
    service.instead = async ({ database }) => ({
      status: 200,
      body: await database.query('select nonsense'),
    });
    expect(await service.ask('GET /books/1')).to.include({ status: 500 });
    service.instead = undefined;
    expect(await service.ask('GET /books/1')).to.include({ status: 200 });
    expect(service.pool.totalCount).to.equal(1);
  });

  it('does not answer as if it were done what a failed statement undid', async () => {
    service.instead = async ({ database, id }) => {
      await database.query(CHANGE, [id]);
      await database.query('select nonsense').catch(() => undefined);
      return { status: 200, body: {} };
    };
    expect(await service.ask('GET /books/1')).to.include({ status: 500 });
    expect(await service.book('acme', '1')).to.include({ status: 'FREE' });
  });

  it('ends the use of its connection: a query that nobody waited for does not run for the next tenant', async () => {
    let late: (() => Promise<unknown>) | undefined;
    service.instead = async ({ database }) => {
      late = () => database.query('select id from book');
      return { status: 200, body: {} };
    };
    await service.ask('GET /books/1');
    let caught: unknown;
    service.instead = async () => {
      try {
        await late?.();
      } catch (error) {
        caught = error;
      }
      return { status: 200, body: {} };
    };
    await service.ask('GET /books/1');
    expect(String(caught)).to.contain('transaction is over');
  });

  it('leaves nothing in its connection: no tenant, no setting, no prepared statement, no lock', async () => {
    const left = async (): Promise<unknown> => {
      const { rows } = await service.pool.query(
        `select nullif(current_setting('app.tenant_id', true), '') as tenant,
           (select count(*)::int from book) as books,
           (select count(*)::int from pg_prepared_statements) as prepared,
           (select count(*)::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks,
           (select count(*)::int from pg_settings where source = 'session' and name not in ('TimeZone', 'DateStyle')) as settings`,
      );
      return rows[0];
    };
    const before = await left();
    expect(before).to.deep.include({ tenant: null, books: 0, prepared: 0, locks: 0 });
    await service.ask('GET /books/1');
    expect(await left(), 'after an answer').to.deep.equal(before);
    await service.ask('GET /books/3');
    expect(await left(), 'after a deny').to.deep.equal(before);
    service.instead = () => Promise.reject(new Error('no'));
    await service.ask('GET /books/1');
    expect(await left(), 'after a failure').to.deep.equal(before);
  });

  it('survives the loss of its connection, and so does the service', async () => {
    service.instead = async ({ database }) => {
      const { rows } = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
      await service.db.admin.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
      return { status: 200, body: await database.query('select 1') };
    };
    expect(await service.ask('GET /books/1')).to.include({ status: 500 });
    service.instead = undefined;
    expect(await service.ask('GET /books/1')).to.include({ status: 200 });
  });

  it('survives the loss of an idle connection', async () => {
    await service.ask('GET /books/1');
    const lost = new Promise((resolve) => service.pool.once('remove', resolve));
    await service.db.admin.query(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'library_service'",
    );
    await lost;
    expect(await service.ask('GET /books/1')).to.include({ status: 200 });
  });

  it('is not entered for a body that cannot be read', async () => {
    expect(await service.ask('PUT /books/1', { body: '{"pages":' })).to.deep.equal({
      status: 400,
      body: { message: 'the body is not JSON' },
    });
    expect(await service.ask('PUT /books/1', { body: ' '.repeat(3_000_000) })).to.deep.equal({
      status: 413,
      body: { message: 'the body is larger than 1 MB' },
    });
    expect(service.ran).to.deep.equal([]);
    expect(service.decisions, 'nothing was decided').to.deep.equal([]);
  });
});

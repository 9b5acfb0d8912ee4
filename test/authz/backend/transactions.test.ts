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

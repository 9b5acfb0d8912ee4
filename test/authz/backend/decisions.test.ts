import { expect } from 'chai';
import { registryRow, SUB } from '../fixture.ts';
import { startService, type Service } from './service.ts';

const LEND = { body: { book: '1' } };
const FREE_ONLY = `permit(principal in Library::Group::"acme|LIBRARIAN", action == Library::Action::"POST /loans", resource)
  when { resource.status == "FREE" };`;

describe('the backend kit, deciding on the real resource,', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  beforeEach(() => service.reset());
  after(() => service.close());

  it('allows what the policies allow, and writes down who did what and why', async () => {
    expect(await service.ask('PUT /books/1', { body: { pages: 7 } })).to.deep.include({ status: 204 });
    expect(await service.book('acme', '1')).to.include({ pages: '7' });
    const [decided] = service.decisions;
    const { decisionId, milliseconds, ...line } = { decisionId: '', milliseconds: -1, ...decided };
    expect(decisionId).to.match(/^[0-9a-f-]{36}$/);
    expect(milliseconds).to.be.at.least(0);
    expect(line).to.deep.equal({
      decision: 'allow',
      tenant: 'acme',
      principal: `acme|${SUB}`,
      action: 'PUT /books/{id}',
      resource: '1',
      determining: ['permit-all'],
      errors: [],
      cacheHits: { registry: false, token: false },
    });
    expect(service.decisions).to.have.length(1);
  });

  it('denies what none allows, and runs nothing', async () => {
    await service.publish({
      readers: 'permit(principal, action == Library::Action::"GET /books/{id}", resource);',
    });
    const { status, body } = await service.ask('PUT /books/1', { body: { pages: 7 } });
    expect(status).to.equal(403);
    const [{ decisionId } = { decisionId: '' }] = service.decisions;
    expect(body).to.deep.equal({ message: 'Forbidden', reason: 'POLICY_DENIES', decisionId });
    expect(service.ran).to.deep.equal([]);
    expect(service.decisions).to.have.length(1);
  });

  it('denies everything before the first release', async () => {
    await service.publish({});
    expect(await service.ask('GET /books/1')).to.include({ status: 403 });
  });

  it('knows attributes that no gateway could: the same call is allowed once, and then no more', async () => {
    await service.publish({ 'lend-what-is-free': FREE_ONLY });
    expect(await service.ask('POST /loans', LEND)).to.deep.equal({ status: 201, body: { lent: '1' } });
    expect(await service.ask('POST /loans', LEND)).to.include({ status: 403 });
    expect(service.reason()).to.equal('POLICY_DENIES');
    expect(service.ran).to.deep.equal(['lendBook']);
  });

  it('knows attributes that only this tenant has, of principal and resource', async () => {
    const text = { type: { kind: 'String' }, required: true } as const;
    const { claimMap } = registryRow();
    await service.register({
      attributes: { Reader: { costCenter: text } },
      claimMap: { ...claimMap, ext_costCenter: 'costCenter' },
    });
    await service.publish({
      own: 'permit(principal, action, resource) when { principal.costCenter == "c1" };',
    });
    const ask = (center: string) => service.ask('GET /books/1', { claims: { ext_costCenter: center } });
    expect(await ask('c1')).to.include({ status: 200 });
    expect(await ask('c2')).to.include({ status: 403 });
    expect(service.reason()).to.equal('POLICY_DENIES');
    await service.register({ attributes: { Book: { colour: text } } });
    expect(await service.ask('GET /books/1')).to.include({ status: 403 });
    expect(service.reason()).to.equal('RESOURCE_INCOMPLETE');
  });

  it('knows the groups of the caller and the ancestors of the resource', async () => {
    await service.publish({ 'lend-what-is-free': FREE_ONLY });
    expect(await service.ask('POST /loans', { ...LEND, claims: { 'cognito:groups': ['OTHER'] } })).to.include(
      {
        status: 403,
      },
    );
    await service.publish({
      atlases: 'permit(principal, action, resource in Library::Shelf::"atlases");',
      'not-novels': 'forbid(principal, action, resource in Library::Shelf::"novels");',
    });
    expect(await service.ask('GET /books/1')).to.include({ status: 200 });
    await service.register({ dataTenants: ['globex'] });
    expect(await service.ask('GET /books/3')).to.include({ status: 403 });
  });

  it('denies when a policy errs, even beside one that permits, and names it', async () => {
    await service.publish({
      'permit-all': 'permit(principal, action, resource);',
      'thick-ones': 'forbid(principal, action, resource) when { resource.pages > 500 };',
    });
    expect(await service.ask('GET /books/1')).to.include({ status: 200 });
    expect(await service.ask('GET /books/2')).to.include({ status: 403 });
    expect(service.decisions.at(-1)).to.deep.include({ reason: 'POLICY_ERROR', errors: ['thick-ones'] });
  });

  it('denies when its own data lack an attribute that the API document requires', async () => {
    expect(await service.ask('GET /books/incomplete')).to.include({ status: 403 });
    expect(service.reason()).to.equal('RESOURCE_INCOMPLETE');
    expect(service.ran).to.deep.equal([]);
  });

  it('denies principals of a type that the operation is not for', async () => {
    expect(await service.ask('DELETE /books/1')).to.include({ status: 403 });
    expect(service.reason()).to.equal('PRINCIPAL_TYPE_REFUSED');
    expect(service.ran).to.deep.equal([]);
  });

  describe('and data of other tenants,', () => {
    it('says the same of a row of theirs and of one that does not exist, and runs nothing', async () => {
      const foreign = await service.ask('PUT /books/3', { body: { pages: 1 } });
      const absent = await service.ask('PUT /books/none', { body: { pages: 1 } });
      for (const { status, body } of [foreign, absent]) {
        expect(status).to.equal(403);
        expect(body).to.include({ message: 'Forbidden', reason: 'RESOURCE_NOT_VISIBLE' });
      }
      expect(service.ran).to.deep.equal([]);
      expect(await service.book('globex', '3')).to.include({ pages: '120' });
    });

    it('refuses them too where a body names the row', async () => {
      expect(await service.ask('POST /loans', { body: { book: '3' } })).to.include({ status: 403 });
      expect(service.reason()).to.equal('RESOURCE_NOT_VISIBLE');
    });

    it('refuses bodies that name no row at all, or none that a path could', async () => {
      for (const book of [undefined, 7, '', '-', '..', '1/2', '1\u0000', '\ud800', 'x'.repeat(201), '*']) {
        expect(await service.ask('POST /loans', { body: { book } }), String(book)).to.include({
          status: 403,
        });
        expect(service.reason(), String(book)).to.equal('RESOURCE_ID_REFUSED');
      }
      expect(service.ran).to.deep.equal([]);
    });

    it('shows a handler that forgets the tenant only rows of the caller’s', async () => {
      const { body } = await service.ask('GET /books');
      expect(body).to.deep.equal(['1', '2', 'incomplete']);
    });

    it('does not trust a loader that reads past row level security', async () => {
      service.source = 'every_book';
      expect(await service.ask('GET /books/1')).to.include({ status: 200 });
      expect(await service.ask('GET /books/3')).to.include({ status: 403 });
      expect(service.reason()).to.equal('RESOURCE_NOT_VISIBLE');
    });

    it('lets a tenant reach the data of others where its registry row says so, each in its own transaction', async () => {
      await service.register({ dataTenants: ['acme', 'globex'] });
      service.instead = async ({ tenant, database }) => {
        const { rows } = await database.query('select distinct tenant_id from book');
        return { status: 200, body: { tenant, rows } };
      };
      for (const [id, tenant] of [
        ['1', 'acme'],
        ['3', 'globex'],
      ])
        expect((await service.ask(`GET /books/${id}`)).body).to.deep.equal({
          tenant,
          rows: [{ tenant_id: tenant }],
        });
    });

    it('does not guess for whom a new row is, nor shows a list to who reaches nobody’s', async () => {
      await service.register({ dataTenants: ['acme', 'globex'] });
      expect(await service.ask('POST /books', { body: { id: '9' } })).to.include({ status: 403 });
      expect(service.reason()).to.equal('TENANT_AMBIGUOUS');
      await service.register({ dataTenants: [] });
      expect(await service.ask('GET /books')).to.include({ status: 403 });
      expect(service.reason()).to.equal('TENANT_AMBIGUOUS');
      expect(service.ran).to.deep.equal([]);
    });
  });

  describe('for a caller who reaches several tenants', () => {
    beforeEach(async () => {
      await service.db.admin.query(
        "insert into book (tenant_id, id, shelf, status) values ('hooli', '4', 'novels', 'FREE'), ('hooli', '1', 'novels', 'LENT')",
      );
      await service.register({ dataTenants: ['acme', 'globex'] });
    });

    it('lists the rows of those tenants and no others', async () => {
      const list = async (...dataTenants: string[]): Promise<unknown> => {
        await service.register({ dataTenants });
        return (await service.ask('GET /books')).body;
      };
      expect(await list('acme', 'globex')).to.deep.equal(['1', '2', '3', 'incomplete']);
      expect(await list('globex', 'nobody')).to.deep.equal(['3']);
      expect(await list('globex', 'a,b"}{\\'), 'no name is read as two').to.deep.equal(['3']);
      expect(await list('acme'), 'one again, on the same connection').to.deep.equal(['1', '2', 'incomplete']);
    });

    it('tells the handler which tenants they are', async () => {
      service.instead = async ({ tenant, tenants }) => ({ status: 200, body: { tenant, tenants } });
      expect((await service.ask('GET /books')).body).to.deep.equal({ tenants: ['acme', 'globex'] });
      expect((await service.ask('GET /books/1')).body).to.deep.equal({ tenant: 'acme', tenants: ['acme'] });
    });

    it('still asks the policies first', async () => {
      await service.publish({});
      expect(await service.ask('GET /books')).to.include({ status: 403 });
      expect(service.reason()).to.equal('POLICY_DENIES');
      expect(service.ran).to.deep.equal([]);
    });

    it('lets a list change no row, of whomever, not even by asking for the right to', async () => {
      for (const statement of [
        "update book set status = 'GONE'",
        'delete from book',
        "insert into book (tenant_id, id, shelf) values ('acme', '9', 'new')",
        'set transaction read write',
      ]) {
        service.instead = async ({ database }) => {
          await database.query(statement);
          return { status: 200, body: {} };
        };
        expect(await service.ask('GET /books'), statement).to.include({ status: 500 });
      }
      expect(await service.book('acme', '1')).to.include({ status: 'FREE' });
    });

    it('answers questions about the rows of a list, each where its row is', async () => {
      await service.publish({
        'list-all': 'permit(principal, action == Library::Action::"GET /books", resource);',
        'lend-what-is-free': FREE_ONLY.replace('POST /loans', 'ShowLendButton'),
      });
      service.instead = async ({ database, permissions }) => {
        const ids = ['1', '2', '3', '4', 'none'];
        const questions = ids.map((id) => ({ action: 'ShowLendButton', resource: { type: 'Book', id } }));
        const answers = await permissions(questions);
        const { rows } = await database.query<{ id: string }>('select id from book order by id');
        return { status: 200, body: { answers, rows: rows.map(({ id }) => id) } };
      };
      expect((await service.ask('GET /books')).body).to.deep.equal({
        answers: [true, false, true, false, false],
        rows: ['1', '2', '3', 'incomplete'],
      });
    });
  });
});

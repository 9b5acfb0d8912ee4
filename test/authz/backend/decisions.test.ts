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

    it('does not guess whose rows are meant where nothing tells', async () => {
      for (const dataTenants of [['acme', 'globex'], []]) {
        await service.register({ dataTenants });
        expect(await service.ask('GET /books')).to.include({ status: 403 });
        expect(service.reason()).to.equal('TENANT_AMBIGUOUS');
      }
      expect(service.ran).to.deep.equal([]);
    });
  });
});

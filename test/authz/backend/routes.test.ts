import { expect } from 'chai';
import { startService, type Service } from './service.ts';

describe('the backend kit, matching routes itself,', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  beforeEach(() => service.reset());
  after(() => service.close());

  for (const line of [
    'GET /',
    'GET /book/1',
    'GET /books/1/',
    'GET //books/1',
    'GET /books//1',
    'GET /books/1/pages',
    'GET /BOOKS/1',
    'GET /books/x/../1',
    'GET /x/../books/1',
    'GET /%62ooks/1',
    'GET /books%2F1',
    'GET http://127.0.0.1/books/1',
    'POST /books/1',
    'HEAD /books/1',
    'OPTIONS /books/1',
    'TRACE /books/1',
    'OPTIONS *',
  ])
    it(`denies ${line}, which is no operation`, async () => {
      expect(await service.ask(line)).to.include({ status: 403 });
      expect(service.reason()).to.equal('ROUTE_UNKNOWN');
      expect(service.ran).to.deep.equal([]);
    });

  for (const id of [
    '..',
    '%2e%2e',
    '.',
    '1%2F..%2F3',
    '..%2f3',
    '%5c',
    '1%00',
    '%31%0a',
    '%',
    '%zz',
    '%ff',
    '%ed%a0%80',
    '*',
    '%2A',
    '%3F',
    '-',
    '%24%7Baws:userid%7D',
    'x'.repeat(201),
  ])
    it(`denies the id ${id.slice(0, 20)}`, async () => {
      expect(await service.ask(`GET /books/${id}`)).to.include({ status: 403 });
      expect(service.reason()).to.equal('RESOURCE_ID_REFUSED');
      expect(service.ran).to.deep.equal([]);
    });

  it('denies an id that is another operation’s path to whoever decodes it first', async () => {
    expect(await service.ask('GET /books/recent')).to.include({ status: 200 });
    for (const id of ['%72ecent', 'recen%74', '%72%65%63%65%6e%74']) {
      expect(await service.ask(`GET /books/${id}`), id).to.include({ status: 403 });
      expect(service.reason(), id).to.equal('PATH_REFUSED');
    }
    expect(service.ran).to.deep.equal(['listRecent']);
  });

  it('decodes an id exactly once', async () => {
    expect(await service.ask('GET /books/%31')).to.include({ status: 200 });
    expect(service.decisions.at(-1)).to.include({ resource: '1' });
    expect(await service.ask('GET /books/%2531')).to.include({ status: 403 });
    expect(service.decisions.at(-1)).to.include({ resource: '%31', reason: 'RESOURCE_NOT_VISIBLE' });
  });

  it('does not take a protected operation for the public route that its path would fit as well', async () => {
    expect(await service.ask('GET /pages/drafts', { claims: null })).to.include({ status: 401 });
    expect((await service.ask('GET /pages/drafts')).body).to.deep.equal(['a secret plan']);
    // To a reader who decodes the path before it looks for the route, these are the protected one.
    for (const path of ['/pages/draft%73', '/%70ages/drafts', '/pages/%64%72%61%66%74%73'])
      expect(await service.ask(`GET ${path}`, { claims: null }), path).not.to.include({ status: 200 });
    expect(await service.ask('GET /pages/a%20b', { claims: null })).to.include({ status: 200 });
  });

  it('answers public routes without a token, and records no decision about them', async () => {
    expect(await service.ask('GET /pages/opening-hours', { claims: null })).to.deep.equal({
      status: 200,
      body: { open: true },
    });
    expect(await service.ask('POST /pages/opening-hours', { claims: null })).to.include({ status: 401 });
    expect(service.decisions).to.have.length(1);
  });

  it('lets pages of listed origins read its answers, refusals too, and no other page', async () => {
    const allowed = async (origin: string): Promise<string | null> => {
      const response = await fetch(`${service.url}/books/1`, { headers: { origin } });
      expect(response.status).to.equal(401);
      return response.headers.get('access-control-allow-origin');
    };
    expect(await allowed('https://app.example.com')).to.equal('https://app.example.com');
    for (const origin of ['https://evil.example', 'https://app.example.com.evil.example', 'null'])
      expect(await allowed(origin), origin).to.equal(null);
  });
});

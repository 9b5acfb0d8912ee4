import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import { createBackend, type ResourceLoader } from '../../../authz/backend/index.ts';
import { accessClaims } from '../fixture.ts';
import { closeServer, portOf, sign } from '../issuer.ts';
import { exchange, type Reply } from './exchange.ts';
import { startService, type Service } from './service.ts';

const BOOKS: readonly { readonly tenant: string; readonly id: string; readonly status: string }[] = [
  { tenant: 'acme', id: '1', status: 'FREE' },
  { tenant: 'globex', id: '2', status: 'FREE' },
];

describe('a backend that keeps its data elsewhere', () => {
  let service: Service;
  let server: Server;
  /** As a loader with a mistake: it finds every tenant's rows. */
  let careless = false;

  const book: ResourceLoader = async (_, id, tenant) => {
    const found = BOOKS.find((one) => one.id === id && (careless || one.tenant === tenant));
    return found && { tenant: found.tenant, attributes: { status: found.status } };
  };
  const ask = async (line: string): Promise<Reply> => {
    const token = await sign(service.key, accessClaims({}));
    return exchange(portOf(server), line, { authorization: `Bearer ${token}` }, undefined);
  };

  before(async () => {
    service = await startService();
    await service.reset();
    const { database: _, ...options } = service.options;
    server = createServer(await createBackend({ ...options, resources: { Book: book } }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    await closeServer(server);
    await service.close();
  });

  it('decides on what its loaders find for the tenant', async () => {
    expect(await ask('GET /books/1')).to.deep.equal({ status: 200, body: { status: 'FREE' } });
    expect((await ask('GET /books/2')).status).to.equal(403);
  });

  it("refuses another tenant's row, whoever found it", async () => {
    careless = true;
    expect((await ask('GET /books/2')).status).to.equal(403);
    expect(service.reason()).to.equal('RESOURCE_NOT_VISIBLE');
  });

  it('says so to a handler that queries all the same', async () => {
    expect((await ask('GET /books')).status).to.equal(500);
  });
});

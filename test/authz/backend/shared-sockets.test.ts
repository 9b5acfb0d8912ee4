import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createBackend, sessionsInPostgres, SOCKET_PATHS } from '../../../authz/backend/index.ts';
import { registryKey } from '../../../authz/tables/registry.ts';
import { accessClaims } from '../fixture.ts';
import { closeServer, portOf, sign } from '../issuer.ts';
import { exchange } from './exchange.ts';
import { GATEWAY_SECRET, startService, type Service } from './service.ts';

const SECRET = 'what all processes know';
const NEVER = 2 ** 30;

describe('the sockets of a service with several processes', () => {
  let service: Service;
  let opener: Server;
  let other: Server;
  let token: string;
  /** Ends the looking of a process that nobody closes. */
  let looking = true;
  before(async () => {
    service = await startService();
    const pool = service.db.pool('library_service');
    const start = async (sweepMs: number): Promise<Server> => {
      const own = sessionsInPostgres(pool, SECRET);
      const sessions = {
        ...own,
        get shared() {
          return looking;
        },
      };
      const sockets = { ...service.options.sockets!, sessions, sweepMs };
      const server = createServer(await createBackend({ ...service.options, sockets }));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    };
    // The one that opens sockets never looks at them again: it may as well have ended.
    [opener, other] = [await start(NEVER), await start(25)];
    token = await sign(service.key, accessClaims());
  });
  beforeEach(async () => {
    await service.reset();
    await service.db.admin.query('truncate authz.sockets');
  });
  after(async () => {
    looking = false;
    await Promise.all([opener, other].map(closeServer));
    await service.close();
  });

  const tell = async (server: Server, path: string, id: string, body?: unknown): Promise<unknown> => {
    const headers = {
      'x-gateway-secret': GATEWAY_SECRET,
      'x-connection-id': id,
      'x-source-ip': '10.1.2.3',
      ...(path === SOCKET_PATHS.connect && { authorization: `Bearer ${token}` }),
    };
    const reply = await exchange(portOf(server), `POST ${path}`, headers, body);
    return path === SOCKET_PATHS.connect ? reply.status : reply.body;
  };
  const open = async (id: string): Promise<void> =>
    void expect(await tell(opener, SOCKET_PATHS.connect, id)).to.equal(200);
  const say = (server: Server, id: string): Promise<unknown> =>
    tell(server, SOCKET_PATHS.message, id, { request: 'GET /books/1' });
  const rows = async (columns: string): Promise<readonly unknown[]> =>
    (await service.db.admin.query(`select ${columns} from authz.sockets`)).rows;

  it('are known to all of them, until one is told that they have gone', async () => {
    await open('a=');
    for (const server of [opener, other]) expect(await say(server, 'a=')).to.deep.include({ status: 200 });
    await tell(opener, SOCKET_PATHS.disconnect, 'a=');
    expect(await say(other, 'a=')).to.deep.include({ status: 403 });
    expect(await rows('*')).to.deep.equal([]);
  });

  it('are closed by any of them when their tenant is suspended, whichever opened them', async () => {
    await Promise.all([open('a='), open('b=')]);
    const suspension = { ...registryKey.suspension('acme'), since: 'now', by: 'operator' };
    await service.tables.put(suspension);
    while (service.closed.length < 2) await delay(5);
    await service.tables.remove(suspension);
    expect(service.closed).to.have.members(['a=', 'b=']);
    expect(await rows('*')).to.deep.equal([]);
  });

  it('are forgotten when a gateway has closed them long ago without a word', async () => {
    await open('old=');
    await service.db.admin.query("update authz.sockets set opened_at = now() - interval '121 minutes'");
    while ((await rows('*')).length > 0) await delay(5);
    expect(service.closed).to.deep.equal([]);
  });

  it('leave no token for who reads the table, nor one that another socket could be given', async () => {
    await Promise.all([open('a='), open('b=')]);
    const [row] = await rows("encode(sealed, 'escape') as text");
    for (const part of token.split('.')) expect(JSON.stringify(row)).not.to.contain(part.slice(0, 20));
    await service.db.admin.query(
      "update authz.sockets set sealed = (select sealed from authz.sockets where connection_id = 'a=') where connection_id = 'b='",
    );
    expect(await say(other, 'b=')).to.deep.include({ status: 403 });
    expect(service.reason()).to.equal('SOCKET_UNKNOWN');
    expect(await sessionsInPostgres(service.db.pool('library_service'), 'another').find('a=')).to.equal(
      undefined,
    );
  });

  it('stay as they are while the table cannot be read', async () => {
    await open('a=');
    await service.db.admin.query('revoke select on authz.sockets from library_service');
    expect(await say(other, 'a=')).to.deep.include({ status: 503 });
    expect(service.reason()).to.equal('DATABASE_UNAVAILABLE');
    await service.db.admin.query('grant select on authz.sockets to library_service');
    expect(await say(other, 'a=')).to.deep.include({ status: 200 });
    expect(service.closed).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import { setTimeout as delay } from 'node:timers/promises';
import { createBackend } from '../../../authz/backend/index.ts';
import { registryKey } from '../../../authz/tables/registry.ts';
import { accessClaims, registryRow } from '../fixture.ts';
import { sign } from '../issuer.ts';
import type { Reply } from './exchange.ts';
import { GATEWAY_SECRET, startService, type Service } from './service.ts';

const CONNECT = 'POST /.cedarwright/sockets/connect';
const MESSAGE = 'POST /.cedarwright/sockets/message';
const DISCONNECT = 'POST /.cedarwright/sockets/disconnect';
const OFFICE_ONLY = {
  office: `permit(principal, action, resource) when { context has address && context.address.isInRange(ip("10.0.0.0/8")) };`,
  readers: 'permit(principal, action == Library::Action::"GET /books/{id}", resource);',
};

describe('the backend kit behind a WebSocket API', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  beforeEach(() => service.reset());
  after(() => service.close());

  let sockets = 0;
  const gateway = (connectionId: string): Record<string, string> => ({
    'x-gateway-secret': GATEWAY_SECRET,
    'x-connection-id': connectionId,
    'x-source-ip': '10.1.2.3',
  });
  const connect = async (
    claims: Readonly<Record<string, unknown>> = {},
    connectionId = `socket-${++sockets}=`,
  ): Promise<Reply & { readonly connectionId: string }> => {
    const reply = await service.ask(CONNECT, { claims, headers: gateway(connectionId) });
    return { ...reply, connectionId };
  };
  const opened = async (claims: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const { status, connectionId } = await connect(claims);
    expect(status).to.equal(200);
    return connectionId;
  };
  const say = async (connectionId: string, message: unknown): Promise<unknown> => {
    const reply = await service.ask(MESSAGE, {
      claims: null,
      headers: gateway(connectionId),
      body: message,
    });
    expect(reply.status, 'the gateway forwards nothing else').to.equal(200);
    return reply.body;
  };
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await delay(5);
  };
  afterEach(async () => {
    // So that no sweep of one test looks at the sockets of another.
    for (const { connectionId } of (await service.options.sockets?.sessions.all()) ?? [])
      await service.options.sockets?.sessions.end(connectionId);
  });

  it('decides again who may open one, by the full policies', async () => {
    await opened();
    expect(service.decisions.at(-1)).to.include({ decision: 'allow', action: 'GET /stacks', tenant: 'acme' });
    await service.publish({ none: 'permit(principal, action == Library::Action::"GET /books", resource);' });
    expect(await connect()).to.include({ status: 403 });
    expect(service.reason()).to.equal('POLICY_DENIES');
  });

  it('verifies the token itself, and keeps no socket of one that proves nothing', async () => {
    const { status, connectionId } = await connect({ token_use: 'id' });
    expect(status).to.equal(401);
    expect(await say(connectionId, { request: 'GET /books/1' })).to.deep.include({ status: 403 });
    expect(service.closed).to.deep.equal([connectionId]);
  });

  it('answers a browser with the subprotocol beside its token, never with the token', async () => {
    const token = await sign(service.key, accessClaims());
    const response = await fetch(service.url + CONNECT.slice(5), {
      method: 'POST',
      headers: { ...gateway('browser'), 'x-websocket-protocol': `cedarwright.bearer, ${token}` },
    });
    expect(response.status).to.equal(200);
    expect(response.headers.get('sec-websocket-protocol')).to.equal('cedarwright.bearer');
    expect(await say('browser', { request: 'GET /books/1' })).to.deep.include({ status: 200 });
  });

  describe('each message', () => {
    it('is the operation that it asks for, decided on the resource itself', async () => {
      const socket = await opened();
      expect(await say(socket, { id: 'a', request: 'GET /books/1' })).to.deep.equal({
        id: 'a',
        status: 200,
        body: { status: 'FREE', pages: 300 },
      });
      expect(await say(socket, { request: 'PUT /books/1', body: { pages: 7 } })).to.deep.include({
        status: 204,
      });
      expect(await service.book('acme', '1')).to.include({ pages: '7' });
      expect(service.decisions.at(-1)).to.include({ action: 'PUT /books/{id}', resource: '1' });
    });

    it('is denied where a request would be, whatever the socket was opened for', async () => {
      const socket = await opened();
      await service.publish({
        'no-lending': 'forbid(principal, action == Library::Action::"POST /loans", resource);',
        rest: 'permit(principal, action, resource);',
      });
      for (const [message, reason] of [
        [{ request: 'POST /loans', body: { book: '1' } }, 'POLICY_DENIES'],
        [{ request: 'GET /books/3' }, 'RESOURCE_NOT_VISIBLE'],
        [{ request: 'GET /books/%2e%2e' }, 'RESOURCE_ID_REFUSED'],
        [{ request: 'HEAD /books/1' }, 'ROUTE_UNKNOWN'],
        [{ request: 'DELETE /books/1' }, 'PRINCIPAL_TYPE_REFUSED'],
        [{ request: CONNECT }, 'ROUTE_UNKNOWN'],
      ] as const) {
        expect(await say(socket, message), message.request).to.deep.include({ status: 403 });
        expect(service.reason(), message.request).to.equal(reason);
      }
      expect(service.ran).to.deep.equal([]);
      expect(service.closed, 'the next message may be another one').to.deep.equal([]);
    });

    it('has facts of the gateway, and none that it claims itself', async () => {
      const socket = await opened();
      await service.publish(OFFICE_ONLY);
      expect(await say(socket, { request: 'GET /stacks' })).to.deep.include({ status: 200 });
      const forged = { 'x-source-ip': '10.0.0.1', 'x-gateway-secret': GATEWAY_SECRET };
      const outside = await service.ask(MESSAGE, {
        claims: null,
        headers: { ...gateway(socket), 'x-source-ip': '192.0.2.7' },
        body: { request: 'GET /stacks', headers: forged },
      });
      expect(outside.body).to.deep.include({ status: 403 });
    });

    it('carries headers and parameters that its operation declares', async () => {
      const socket = await opened();
      await service.publish({
        reasoned:
          'permit(principal, action, resource) when { context has reason && context.reason == "repair" };',
      });
      const put = (headers: object) => say(socket, { request: 'PUT /books/1', headers, body: { pages: 1 } });
      expect(await put({ 'X-Reason': 'repair' })).to.deep.include({ status: 204 });
      expect(await put({ 'X-Reason': 'theft' })).to.deep.include({ status: 403 });
      expect(await put({ 'X-Reason': 'repair', 'x-reason': 'theft' })).to.deep.include({ status: 403 });
      expect(service.reason()).to.equal('INPUT_AMBIGUOUS');
    });

    it('that makes no sense is told so, and runs nothing', async () => {
      const socket = await opened();
      for (const message of [
        'not an object',
        [],
        {},
        { request: 'GET' },
        { request: 'get /books/1' },
        { request: 'GET /books/1 HTTP/1.1' },
        { request: 'GET http://elsewhere/books/1' },
        { request: 'GET /books/1', id: 1 },
        { request: 'GET /books/1', headers: { a: 1 } },
        { request: 'GET /books/1', token: 'x.y.z' },
      ])
        expect(await say(socket, JSON.stringify(message)), JSON.stringify(message)).to.deep.include({
          status: 400,
        });
      expect(service.ran).to.deep.equal([]);
    });

    it('is refused as unavailable when something cannot be asked, without losing the socket', async () => {
      const socket = await opened();
      await service.tables.put({ ...registryRow(), audiences: 'any' });
      expect(await say(socket, { request: 'GET /books/1' })).to.deep.include({ status: 503 });
      await service.register({});
      expect(await say(socket, { request: 'GET /books/1' })).to.deep.include({ status: 200 });
    });
  });

  describe('a socket', () => {
    it('is nobody’s without the gateway’s secret', async () => {
      const socket = await opened();
      for (const secret of ['', 'a guess'])
        expect(
          await service.ask(MESSAGE, {
            headers: { ...gateway(socket), 'x-gateway-secret': secret },
            body: { request: 'GET /books/1' },
          }),
        ).to.include({ status: 403 });
      expect(service.reason()).to.equal('ROUTE_UNKNOWN');
      expect(service.ran).to.deep.equal([]);
    });

    it('is known no more when it was closed by the other side', async () => {
      const socket = await opened();
      await service.ask(DISCONNECT, { claims: null, headers: gateway(socket) });
      expect(await say(socket, { request: 'GET /books/1' })).to.deep.include({ status: 403 });
      expect(service.reason()).to.equal('SOCKET_UNKNOWN');
    });

    it('is closed at the next message when its token has expired', async () => {
      const token = await sign(service.key, accessClaims({ exp: Math.floor(Date.now() / 1000) - 1 }));
      await service.options.sockets?.sessions.open({ connectionId: 'old', token });
      expect(await say('old', { request: 'GET /books/1' })).to.deep.include({ status: 401 });
      // By the message, by a sweep, or by both.
      expect([...new Set(service.closed)]).to.deep.equal(['old']);
      expect(await say('old', { request: 'GET /books/1' })).to.deep.include({ status: 403 });
    });

    it('is closed without any message when its token expires', async () => {
      // In one to two seconds: rounded down, it might be over before the socket is open.
      const socket = await opened({ exp: Math.ceil(Date.now() / 1000) + 1 });
      await until(() => service.closed.includes(socket));
    });

    it('is closed without any message when its tenant is suspended', async () => {
      const [one, two] = [await opened(), await opened()];
      expect(await say(one, { request: 'GET /books/1' })).to.deep.include({ status: 200 });
      const suspension = { ...registryKey.suspension('acme'), since: 'now', by: 'operator' };
      await service.tables.put(suspension);
      await until(() => service.closed.length === 2);
      await service.tables.remove(suspension);
      expect(service.closed).to.have.members([one, two]);
      expect(await say(one, { request: 'GET /books/1' })).to.deep.include({ status: 403 });
      const again = await opened();
      expect(await say(again, { request: 'GET /books/1' })).to.deep.include({ status: 200 });
    });
  });

  it('is not begun with an operation for which no socket can be opened', async () => {
    const sockets = { ...service.options.sockets!, operation: 'GET /books/{id}' };
    const failure = await createBackend({ ...service.options, sockets }).catch((error: unknown) => error);
    expect(String(failure)).to.include('GET /books/{id}');
  });

  it('writes no token and no claim anywhere', async () => {
    const socket = await opened({ role: 'CLAIM-VALUE' });
    await say(socket, { request: 'GET /books/1?secret=QUERY-VALUE' });
    const token = await sign(service.key, accessClaims({ role: 'CLAIM-VALUE' }));
    const written = JSON.stringify(service.decisions);
    for (const secret of ['CLAIM-VALUE', 'QUERY-VALUE', ...token.split('.').slice(1, 2)])
      expect(written).not.to.include(secret);
  });
});

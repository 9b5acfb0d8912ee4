import { expect } from 'chai';
import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { policy } from '../fixture.ts';
import { next, startWebSocketGateway, type Fixture, type Opened } from './fixture.ts';

describe('the emulated WebSocket gateway', () => {
  let gateway: Fixture;
  beforeEach(async () => {
    gateway = await startWebSocketGateway();
  });
  afterEach(() => gateway.close());

  const socketOf = (opened: Opened): WebSocket => {
    if (!('socket' in opened)) throw new Error(`refused: ${opened.status} ${opened.body}`);
    return opened.socket;
  };
  const opened = async (...args: Parameters<Fixture['open']>): Promise<WebSocket> =>
    socketOf(await gateway.open(...args));
  const idOf = (): string => [...gateway.connections.keys()].at(-1) ?? '';
  const called = (path: string) => gateway.calls.filter((one) => one.path === path);

  describe('opening a socket', () => {
    it('asks the authorizer, then the backend, which gets the token and nothing that the client made up', async () => {
      await opened(
        { authorization: 'Bearer one', 'x-connection-id': 'forged', 'x-tenant-id': 'globex', 'x-other': 'x' },
        [],
        '/?secret=query',
      );
      expect(gateway.events[0]?.methodArn).to.match(/:api\/live\/\$connect$/);
      expect(gateway.events[0]?.requestContext).to.include({ eventType: 'CONNECT', connectionId: idOf() });
      const [connect] = called('/connect');
      expect(connect?.headers).to.deep.include({
        authorization: ['Bearer one'],
        'x-connection-id': [idOf()],
        'x-tenant-id': ['acme'],
        'x-gateway-secret': ['hush'],
      });
      expect(connect?.headers).not.to.have.property('x-other');
      expect(JSON.stringify(connect)).not.to.include('query');
    });

    for (const [what, answer, status] of [
      ['403 for a deny', () => policy('Deny', '*'), 403],
      ['403 for an allow of something else', () => policy('Allow', 'arn:aws:execute-api:x'), 403],
      ['401 for a thrown Unauthorized', () => failWith('Unauthorized'), 401],
      ['500 for any other failure', () => failWith('broken'), 500],
      ['500 for an answer that is no policy', () => ({}), 500],
    ] as const)
      it(`is refused before the handshake: ${what}`, async () => {
        gateway.answer = answer;
        expect(await gateway.open()).to.deep.include({ status });
        expect(gateway.calls).to.deep.equal([]);
        expect(gateway.connections.size).to.equal(0);
      });

    it('is decided anew each time: nothing is cached', async () => {
      await opened();
      gateway.answer = () => policy('Deny', '*');
      expect(await gateway.open()).to.deep.include({ status: 403 });
    });

    it('is refused with the backend’s status when the backend refuses', async () => {
      gateway.reply = () => ({ status: 403, body: '' });
      expect(await gateway.open()).to.deep.include({ status: 403 });
      expect(gateway.connections.size).to.equal(0);
    });

    it('selects the subprotocol that the backend names, and no other', async () => {
      gateway.reply = () => ({ status: 200, headers: { 'sec-websocket-protocol': 'scheme' }, body: '' });
      const socket = await opened({}, ['scheme', 'aaa.bbb.ccc']);
      expect(socket.protocol).to.equal('scheme');
      expect(called('/connect')[0]?.headers['x-websocket-protocol']).to.deep.equal(['scheme,aaa.bbb.ccc']);
    });

    it('is refused to a page of elsewhere', async () => {
      expect(await gateway.open({ origin: 'https://evil.example' })).to.deep.include({ status: 403 });
      expect(gateway.events).to.deep.equal([]);
    });

    it('is throttled', async () => {
      gateway.throttle = { rate: 1, burst: 1 };
      await opened();
      expect(await gateway.open()).to.deep.include({ status: 429 });
      gateway.now = 1000;
      await opened();
    });
  });

  describe('a message', () => {
    it('goes to the backend with what the authorizer said of the socket, and its answer comes back', async () => {
      const socket = await opened();
      socket.send('{"request":"GET /x"}');
      expect(await next(socket)).to.equal('{"request":"GET /x"}');
      const [message] = called('/message');
      expect(message).to.deep.include({ body: '{"request":"GET /x"}' });
      expect(message?.headers).to.deep.include({
        'x-connection-id': [idOf()],
        'x-tenant-id': ['acme'],
        'x-source-ip': ['127.0.0.1'],
      });
      expect(message?.headers, 'nothing that is not mapped').not.to.have.any.keys(
        'authorization',
        'content-type',
      );
      expect(gateway.events, 'the authorizer is not asked again').to.have.length(1);
    });

    it('that the backend fails on is answered in the gateway’s words', async () => {
      const socket = await opened();
      gateway.reply = () => ({ status: 500, body: 'a secret stack' });
      socket.send('x');
      expect(JSON.parse(await next(socket))).to.include({
        message: 'Internal server error',
        connectionId: idOf(),
      });
    });

    it('is throttled, the socket being left as it is', async () => {
      gateway.throttle = { rate: 1, burst: 1 };
      const socket = await opened();
      socket.send('1');
      expect(await next(socket)).to.equal('1');
      socket.send('2');
      expect(JSON.parse(await next(socket))).to.include({ message: 'Too Many Requests' });
      gateway.now = 1000;
      socket.send('3');
      expect(await next(socket)).to.equal('3');
      expect(called('/message')).to.have.length(2);
    });

    /** Sends it in frames of so many bytes. */
    const inFrames = (socket: WebSocket, message: string, bytes: number): void => {
      for (let at = 0; at < message.length; at += bytes)
        socket.send(message.slice(at, at + bytes), { fin: at + bytes >= message.length });
    };

    it('has 128 KB at most, or it ends the socket', async () => {
      const socket = await opened();
      const largest = 'x'.repeat(128 * 1024);
      inFrames(socket, largest, 32 * 1024);
      expect(await next(socket)).to.equal(largest);
      inFrames(socket, `${largest}x`, 32 * 1024);
      expect(await closeCode(socket)).to.equal(1009);
      expect(called('/message')).to.have.length(1);
    });

    it('comes in frames of 32 KB at most, or it ends the socket and reaches nobody', async () => {
      for (const bytes of [32 * 1024 + 1, 100 * 1024]) {
        const socket = await opened();
        socket.send('{}');
        await next(socket);
        inFrames(socket, 'x'.repeat(bytes), bytes);
        expect(await closeCode(socket)).to.equal(1009);
      }
      expect(called('/message').map(({ body }) => body)).to.deep.equal(['{}', '{}']);
    });
  });

  describe('@connections', () => {
    it('sends to a socket, tells of it, and closes it', async () => {
      const socket = await opened();
      const id = idOf();
      const [received, sent] = await Promise.all([next(socket), gateway.manage('POST', id, 'hello')]);
      expect([received, sent.status]).to.deep.equal(['hello', 200]);
      expect(JSON.parse((await gateway.manage('GET', id)).body)).to.have.nested.property(
        'identity.sourceIp',
        '127.0.0.1',
      );
      const [, closed] = await Promise.all([once(socket, 'close'), gateway.manage('DELETE', id)]);
      expect(closed.status).to.equal(204);
    });

    it('answers 410 about a socket that is gone', async () => {
      expect((await gateway.manage('DELETE', 'nobody=')).status).to.equal(410);
    });
  });

  describe('a socket', () => {
    const MINUTE = 60_000;
    const later = (minutes: number): void => {
      gateway.now += minutes * MINUTE;
      gateway.closeOverdue();
    };

    it('is closed when nothing has come or gone for 10 minutes', async () => {
      const [silent, asking, told] = [await opened(), await opened(), await opened()];
      later(9);
      asking.send('1');
      await next(asking);
      await Promise.all([next(told), gateway.manage('POST', idOf(), 'hello')]);
      later(1);
      expect(await closeCode(silent)).to.equal(1001);
      expect([asking, told].map(({ readyState }) => readyState)).to.deep.equal([1, 1]);
      later(10);
      expect(await Promise.all([asking, told].map(closeCode))).to.deep.equal([1001, 1001]);
    });

    it('is closed after 2 hours, however busy', async () => {
      const socket = await opened();
      for (let minutes = 9; minutes < 120; minutes += 9) {
        later(9);
        socket.send('1');
        await next(socket);
      }
      expect(socket.readyState).to.equal(1);
      later(3);
      expect(await closeCode(socket)).to.equal(1001);
    });
  });

  it('tells the backend when a socket has gone', async () => {
    const socket = await opened();
    const id = idOf();
    const told = new Promise<void>((resolve) => {
      gateway.reply = ({ path }) => {
        if (path === '/disconnect') resolve();
        return { status: 200, body: '' };
      };
    });
    socket.close();
    await told;
    expect(called('/disconnect')[0]?.headers['x-connection-id']).to.deep.equal([id]);
    expect(gateway.connections.size).to.equal(0);
  });
});

const closeCode = async (socket: WebSocket): Promise<unknown> => (await once(socket, 'close'))[0];

function failWith(text: string): never {
  throw new Error(text);
}

import { expect } from 'chai';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { policy, startGateway, STAGE, type Fixture } from './fixture.ts';

describe('the emulated REST gateway', () => {
  let gateway: Fixture;
  beforeEach(async () => {
    gateway = await startGateway();
  });
  afterEach(() => gateway.close());

  interface Init {
    readonly method?: string;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }
  const ask = async (path: string, init: Init = {}, token = 'Bearer one') => {
    const response = await fetch(gateway.url + path, {
      ...init,
      headers: { authorization: token, ...init.headers },
    });
    return { status: response.status, body: await response.text() };
  };

  const HEADERS = ['Host: localhost', 'Authorization: Bearer one', 'Connection: close'];
  /** Sends exactly these lines on a connection of their own, and waits until it is closed. */
  const send = async (...lines: readonly string[]): Promise<void> => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.end([...lines, '', ''].join('\r\n'));
    await once(socket.resume(), 'close');
  };

  describe('routing', () => {
    it('prefers a literal segment to a parameter', async () => {
      expect((await ask('/items/latest')).body).to.equal('GET /items/latest');
      expect(gateway.events[0]?.pathParameters).to.deep.equal({});
    });

    it('hands path parameters over as they came, and forwards them so', async () => {
      expect((await ask('/items/a%20b%2Fc')).body).to.equal('GET /items/a%20b%2Fc');
      expect(gateway.events[0]?.pathParameters).to.deep.equal({ id: 'a%20b%2Fc' });
    });

    for (const segment of ['..', '.', '%2E%2E', '%2e.']) {
      it(`resolves no dot segment: ${segment} is forwarded as the id that was decided on`, async () => {
        await send(`GET /items/${segment} HTTP/1.1`, ...HEADERS);
        expect(gateway.forwarded[0]?.url).to.equal(`/items/${segment}`);
        expect(gateway.events[0]?.pathParameters).to.deep.equal({ id: segment });
      });
    }

    for (const [method, path] of [
      ['HEAD', '/items/1'],
      ['OPTIONS', '/items/1'],
      ['GET', '/items/1/'],
      ['GET', '/items//1'],
      ['GET', '/items/%E0%A4%A'],
      ['GET', '/nothing'],
    ] as const) {
      it(`has no route for ${method} ${path}`, async () => {
        expect((await ask(path, { method })).status).to.equal(403);
        expect(gateway.events).to.have.length(0);
        expect(gateway.forwarded).to.have.length(0);
      });
    }

    it('asks no authorizer on a route without one', async () => {
      expect((await ask('/health', {}, '')).status).to.equal(200);
      expect(gateway.events).to.have.length(0);
    });
  });

  describe('authorizer answers', () => {
    it('401 without asking, when an identity source is missing', async () => {
      expect(await ask('/items/1', {}, '')).to.deep.equal({
        status: 401,
        body: '{"message":"Unauthorized"}',
      });
      expect(await ask('/secrets/1', {}, '')).to.deep.include({ status: 401 });
      expect(gateway.events).to.have.length(0);
    });

    it('403 in the words of an implicit deny', async () => {
      gateway.answer = () => policy('Allow', `${STAGE.arn}/GET/elsewhere`);
      const body = '{"Message":"User is not authorized to access this resource"}';
      expect(await ask('/items/1')).to.deep.equal({ status: 403, body });
    });

    it('403 in the words of an explicit deny', async () => {
      gateway.answer = ({ methodArn }) => policy('Deny', methodArn);
      const body = '{"Message":"User is not authorized to access this resource with an explicit deny"}';
      expect(await ask('/items/1')).to.deep.equal({ status: 403, body });
    });

    it('401 when the function throws exactly Unauthorized', async () => {
      gateway.answer = () => {
        throw new Error('Unauthorized');
      };
      expect(await ask('/items/1')).to.deep.equal({ status: 401, body: '{"message":"Unauthorized"}' });
    });

    for (const [what, answer] of [
      ['throws anything else', () => failWith('unauthorized')],
      ['answers no policy', () => ({ principalId: 'someone' })],
      ['puts an object into the context', () => policy('Allow', '*', { nested: {} })],
      ['names a resource of more than 512 characters', () => policy('Allow', '*'.repeat(513))],
      ['answers more than 8 KB', () => policy('Allow', '*', { all: 'x'.repeat(8 * 1024) })],
    ] as const) {
      it(`500, and not cached, when the function ${what}`, async () => {
        gateway.answer = answer;
        expect(await ask('/items/1')).to.deep.equal({ status: 500, body: '{"message":null}' });
        gateway.answer = ({ methodArn }) => policy('Allow', methodArn);
        expect((await ask('/items/1')).status).to.equal(200);
      });
    }
  });

  it('answers 414 without asking, where the ARN of the method is longer than 1,600 bytes', async () => {
    gateway.answer = () => policy('Allow', '*');
    const path = `/items/${'x'.repeat(1_600 - STAGE.arn.length - '/GET/items/'.length)}`;
    expect((await ask(path)).status).to.equal(200);
    expect(await ask(`${path}x`)).to.include({ status: 414 });
    expect(gateway.events).to.have.length(1);
  });

  describe('the decision cache', () => {
    it('answers the same token, method and path until the TTL ends', async () => {
      await ask('/items/1');
      gateway.now = 59_999;
      await ask('/items/1');
      expect(gateway.events).to.have.length(1);
      gateway.now = 60_000;
      await ask('/items/1');
      expect(gateway.events).to.have.length(2);
    });

    it('never answers another path, method or token', async () => {
      await ask('/items/1');
      await ask('/items/2');
      await ask('/items/1', { method: 'PUT' });
      await ask('/items/1', {}, 'Bearer two');
      expect(gateway.events).to.have.length(4);
    });

    it('evaluates a cached policy again: keyed by the token alone, one route answers 403 for the next', async () => {
      expect((await ask('/tokens')).status).to.equal(200);
      expect((await ask('/others')).status).to.equal(403);
      expect(gateway.events).to.have.length(1);
    });

    it('never answers a request that repeats the token for one that does not', async () => {
      const repeated = (first: string) =>
        send(
          'GET /items/1 HTTP/1.1',
          'Host: localhost',
          `Authorization: ${first}`,
          'Authorization: Bearer one',
          'Connection: close',
        );
      await ask('/items/1');
      await repeated('Bearer two');
      expect(gateway.events.at(-1)?.multiValueHeaders['Authorization']).to.deep.equal([
        'Bearer two',
        'Bearer one',
      ]);
      await repeated('Bearer three');
      expect(gateway.events).to.have.length(3);
    });

    it('is not read any more once a deployment has set the TTL to 0', async () => {
      await ask('/items/1');
      gateway.deploy((document) => document.replaceAll('Seconds":60', 'Seconds":0'));
      await ask('/items/1');
      expect(gateway.events).to.have.length(2);
    });

    it('is off at a TTL of 0', async () => {
      await ask('/secrets/1');
      await ask('/secrets/1');
      expect(gateway.events).to.have.length(2);
    });
  });

  describe('forwarding', () => {
    const forwardedHeader = (name: string) => gateway.forwarded[0]?.headers[name];

    it('sets the mapped headers, whatever the client sent under their names', async () => {
      gateway.answer = ({ methodArn }) => policy('Allow', methodArn, { tenantId: 'acme' });
      await ask('/items/1', { headers: { 'X-Tenant-Id': 'globex', 'x-gateway-secret': 'guess' } });
      expect(forwardedHeader('x-tenant-id')).to.equal('acme');
      expect(forwardedHeader('x-gateway-secret')).to.equal('hush');
    });

    it('drops a forged header even where the authorizer gave no value', async () => {
      await ask('/health', { headers: { 'x-tenant-id': 'globex' } });
      expect(forwardedHeader('x-tenant-id')).to.equal(undefined);
    });

    it('passes the token, the query and the body on', async () => {
      const { body } = await ask('/items/1?a=b%26c&a=d', { method: 'PUT', body: '{}' });
      expect(body).to.equal('PUT /items/1?a=b%26c&a=d');
      expect(forwardedHeader('authorization')).to.equal('Bearer one');
      expect(forwardedHeader('content-length')).to.equal('2');
    });

    it('hands over parameters of any name', async () => {
      expect((await ask('/items/1?__proto__=a&constructor=b')).status).to.equal(200);
      expect(Object.entries(gateway.events[0]?.multiValueQueryStringParameters ?? {})).to.deep.equal([
        ['__proto__', ['a']],
        ['constructor', ['b']],
      ]);
    });

    it('makes no second request of a body that the method does not have', async () => {
      const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n';
      await send(
        'GET /items/1 HTTP/1.1',
        'Host: localhost',
        'Authorization: Bearer one',
        'Transfer-Encoding: chunked',
        'Connection: close',
        '',
        smuggled.length.toString(16),
        smuggled,
        '0',
      );
      expect((await ask('/items/2')).body).to.equal('GET /items/2');
      expect(gateway.forwarded.map(({ url }) => url)).to.deep.equal(['/items/1', '/items/2']);
    });

    it('refuses a body that API Gateway would not take', async () => {
      const body = 'x'.repeat(10 * 1024 * 1024 + 1);
      expect(await ask('/items/1', { method: 'PUT', body })).to.deep.equal({
        status: 413,
        body: '{"message":"Request Too Long"}',
      });
      expect(gateway.forwarded).to.have.length(0);
    });
  });

  it('refuses a request that a web page of elsewhere could make', async () => {
    expect((await ask('/health', { headers: { origin: 'https://attacker.example' } })).status).to.equal(403);
    const status = await new Promise<number | undefined>((resolve) => {
      request(`${gateway.url}/health`, { headers: { host: 'attacker.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).to.equal(403);
    expect(gateway.forwarded).to.have.length(0);
  });
});

function failWith(message: string): never {
  throw new Error(message);
}

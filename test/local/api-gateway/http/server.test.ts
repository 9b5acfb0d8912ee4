import { expect } from 'chai';
import { allow, deny, startHttpGateway, type Fixture } from './fixture.ts';

describe('the emulated HTTP gateway', () => {
  let gateway: Fixture;
  beforeEach(async () => {
    gateway = await startHttpGateway();
  });
  afterEach(() => gateway.close());

  const message = (status: number, text: string) => ({ status, body: JSON.stringify({ message: text }) });

  describe('routing', () => {
    it('prefers a literal segment to a parameter, and tells the route by its template', async () => {
      await gateway.ask('GET /items/latest');
      await gateway.ask('GET /items/7');
      expect(gateway.events.map(({ routeKey }) => routeKey)).to.deep.equal([
        'GET /items/latest',
        'GET /items/{id}',
      ]);
      expect(gateway.invokedAs[0]).to.match(/:api\/authorizers\/uncached$/);
    });

    it('hands paths over decoded, cut off at a question mark, and forwards them as they came', async () => {
      for (const [path, rawPath, id] of [
        ['/items/a%20b', '/items/a b', 'a b'],
        ['/items/a%2Fb', '/items/a/b', 'a/b'],
        ['/items/%2541', '/items/%41', '%41'],
        ['/items/a%3Fb', '/items/a', 'a?b'],
      ] as const) {
        expect((await gateway.ask(`GET ${path}?q=1`)).body).to.equal(`GET ${path}?q=1`);
        const event = gateway.events.at(-1);
        expect([event?.rawPath, event?.pathParameters['id'], event?.rawQueryString]).to.deep.equal([
          rawPath,
          id,
          'q=1',
        ]);
      }
    });

    for (const request of [
      'HEAD /items',
      'OPTIONS /items',
      'PUT /items',
      'GET /items/',
      'GET /items//',
      'GET /items/%E0%A4%A',
      'GET /nothing',
    ])
      it(`has no route for ${request}`, async () => {
        expect((await gateway.ask(request)).status).to.equal(404);
        expect(gateway.events).to.have.length(0);
        expect(gateway.forwarded).to.have.length(0);
      });

    it('joins repeated headers and parameters', async () => {
      await fetch(`${gateway.url}/items?a=1&a=2`, {
        headers: [
          ['authorization', 'Bearer one'],
          ['x-twice', '1'],
          ['x-twice', '2'],
        ],
      });
      expect(gateway.events[0]?.headers['x-twice']).to.match(/^1, ?2$/);
      expect(gateway.events[0]?.queryStringParameters).to.deep.equal({ a: '1,2' });
    });
  });

  describe('authorizer answers', () => {
    it('401 without asking, when an identity source is missing', async () => {
      expect(await gateway.ask('GET /items', {})).to.deep.equal(message(401, 'Unauthorized'));
      expect(gateway.events).to.have.length(0);
    });

    it('403 when it says no', async () => {
      gateway.answer = deny;
      expect(await gateway.ask('GET /items')).to.deep.equal(message(403, 'Forbidden'));
    });

    for (const [what, answer] of [
      ['throws', () => failWith('Unauthorized')],
      ['answers an IAM policy', () => ({ principalId: 'x', policyDocument: {} })],
      ['answers nothing', () => undefined],
      ['answers no boolean', () => ({ isAuthorized: 'true' })],
    ] as const)
      it(`500, and not cached, when the function ${what}`, async () => {
        gateway.answer = answer;
        expect(await gateway.ask('GET /items')).to.deep.equal(message(500, 'Internal Server Error'));
        gateway.answer = () => allow();
        expect((await gateway.ask('GET /items')).status).to.equal(200);
      });
  });

  describe('the decision cache', () => {
    it('answers the same token and route until the TTL ends', async () => {
      await gateway.ask('GET /items?a=1');
      gateway.now = 59_999;
      await gateway.ask('GET /items?a=2');
      expect(gateway.events).to.have.length(1);
      gateway.now = 60_000;
      await gateway.ask('GET /items');
      expect(gateway.events).to.have.length(2);
    });

    it('never answers another route or token', async () => {
      await gateway.ask('GET /items');
      await gateway.ask('POST /items');
      await gateway.ask('GET /items', { authorization: 'Bearer two' });
      expect(gateway.events).to.have.length(3);
    });

    it('is why the route key must be in it: keyed by the token alone, one route answers for the next', async () => {
      gateway.answer = ({ routeKey }) => (routeKey === 'GET /tokens' ? allow() : deny());
      expect((await gateway.ask('GET /tokens')).status).to.equal(200);
      expect((await gateway.ask('GET /others')).status, 'what an allow of another route does').to.equal(200);
    });

    it('is why routes with a parameter are not cached: their key is a template', async () => {
      gateway.answer = ({ pathParameters }) => (pathParameters['id'] === 'mine' ? allow() : deny());
      await gateway.ask('GET /mistaken/mine');
      expect((await gateway.ask('GET /mistaken/yours')).status, 'what a cache by template does').to.equal(
        200,
      );
      await gateway.ask('GET /items/mine');
      expect((await gateway.ask('GET /items/yours')).status).to.equal(403);
    });
  });

  describe('forwarding', () => {
    it('overwrites and removes headers, whatever the client sent under their names', async () => {
      const forged = {
        authorization: 'Bearer one',
        'x-tenant-id': 'globex',
        'X-Source-Ip': '10.0.0.1',
        'x-gateway-secret': 'guess',
      };
      await gateway.ask('GET /items', forged);
      await gateway.ask('GET /health', forged);
      const [decided, open] = gateway.forwarded.map(({ headersDistinct }) => headersDistinct);
      expect(decided?.['x-tenant-id']).to.deep.equal(['acme']);
      expect(decided?.['x-source-ip']).to.deep.equal(['127.0.0.1']);
      expect(decided?.['x-gateway-secret']).to.deep.equal(['hush']);
      expect(decided?.['authorization']).to.deep.equal(['Bearer one']);
      expect(open).not.to.have.property('x-tenant-id');
    });
  });

  describe('throttling', () => {
    it('holds for each route by itself, whoever calls', async () => {
      gateway.throttle = { rate: 1, burst: 1 };
      expect((await gateway.ask('GET /items')).status).to.equal(200);
      expect(await gateway.ask('GET /items', { authorization: 'Bearer two' })).to.deep.equal(
        message(429, 'Too Many Requests'),
      );
      expect((await gateway.ask('POST /items')).status).to.equal(200);
      gateway.now = 1000;
      expect((await gateway.ask('GET /items')).status).to.equal(200);
    });
  });

  describe('pages of another origin', () => {
    const origin = 'http://localhost:5173';
    beforeEach(() => {
      gateway.cors = {
        allowOrigins: [origin],
        allowMethods: ['GET', 'PUT'],
        allowHeaders: ['authorization'],
        maxAge: 600,
      };
    });
    const preflight = (from: string) =>
      fetch(`${gateway.url}/items/7`, {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': 'PUT' },
      });

    it('are answered by the gateway alone when they ask beforehand', async () => {
      const { status, headers } = await preflight(origin);
      expect(status).to.equal(204);
      expect(headers.get('access-control-allow-origin')).to.equal(origin);
      expect(headers.get('access-control-allow-methods')).to.equal('GET,PUT');
      expect(gateway.events).to.have.length(0);
      expect(gateway.forwarded).to.have.length(0);
    });

    it('are allowed nothing from elsewhere', async () => {
      const { headers } = await preflight('http://localhost:9999');
      expect(headers.get('access-control-allow-origin')).to.equal(null);
    });

    it('are told by the gateway alone: what the backend says of it is dropped', async () => {
      gateway.backendHeaders = { 'access-control-allow-origin': '*', 'x-kept': 'kept' };
      const { headers } = await fetch(`${gateway.url}/health`, { headers: { origin } });
      expect(headers.get('access-control-allow-origin')).to.equal(origin);
      expect(headers.get('x-kept')).to.equal('kept');
    });

    it('may read refusals too', async () => {
      const response = await fetch(`${gateway.url}/items`, { headers: { origin } });
      expect(response.status).to.equal(401);
      expect(response.headers.get('access-control-allow-origin')).to.equal(origin);
    });
  });
});

function failWith(text: string): never {
  throw new Error(text);
}

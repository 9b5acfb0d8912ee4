import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import {
  allowedCall,
  createGuard,
  expressMiddleware,
  fastifyPlugin,
  type Guard,
  honoMiddleware,
} from '../../../../authz/backend/index.ts';
import { accessClaims } from '../../fixture.ts';
import { closeServer, portOf, sign } from '../../issuer.ts';
import { exchange, type Reply } from '../exchange.ts';
import { startService, type Service } from '../service.ts';

/** What frameworks let their users do beside plain routes. */
describe('the backend kit in a service', () => {
  let service: Service;
  let guard: Guard;
  let authorization: string;
  before(async () => {
    service = await startService();
    guard = await createGuard(service.options);
    authorization = `Bearer ${await sign(service.key, accessClaims())}`;
  });
  beforeEach(() => service.reset());
  after(() => service.close());

  const asked = async (app: express.Express, line: string, headers = {}): Promise<Reply> => {
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      return await exchange(portOf(server), line, { authorization, ...headers }, undefined);
    } finally {
      await closeServer(server);
    }
  };

  describe('of Express', () => {
    it('knows the operation below a mounted router', async () => {
      const books = express.Router();
      books.get('/:id', (request, response) => void response.json(allowedCall(request).id));
      books.get('/', (request, response) => void response.json(allowedCall(request).id));
      const app = express().use(expressMiddleware(guard)).use('/books', books);
      expect(await asked(app, 'GET /books/1')).to.deep.equal({ status: 200, body: '1' });
      expect(await asked(app, 'GET /books')).to.deep.equal({ status: 200, body: 'GET /books' });
      expect(await asked(app, 'GET /books/recent'), 'no route of its own').to.include({ status: 500 });
    });

    it('lets nobody answer who has no route', async () => {
      const app = express()
        .use(expressMiddleware(guard))
        .use((_, response) => void response.json('from nowhere'));
      const { status, body } = await asked(app, 'GET /books/1');
      expect(status).to.equal(500);
      expect(JSON.stringify(body)).not.to.contain('nowhere');
    });

    it('holds streams back until the commit, in the order in which they were written', async () => {
      const app = express().use(expressMiddleware(guard));
      app.get('/books/:id', (request, response) => {
        const { database } = allowedCall(request);
        async function* parts(): AsyncGenerator<string> {
          yield '[1';
          await database.query("update book set status = 'GONE' where id = '1'");
          yield ',2]';
        }
        response.writeHead(201, { 'content-type': 'application/json', 'x-own': 'yes' });
        Readable.from(parts()).pipe(response);
      });
      expect(await asked(app, 'GET /books/1')).to.deep.equal({ status: 201, body: [1, 2] });
      expect(await service.book('acme', '1')).to.include({ status: 'GONE' });
    });

    it('takes nothing of a refused answer into its own', async () => {
      const app = express().use(expressMiddleware(guard));
      app.get('/books/:id', (request, response) => {
        const { database } = allowedCall(request);
        database.query('select nonsense').catch(() => response.set('x-own', 'secret').json('secret'));
      });
      const server = createServer(app);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const response = await fetch(`http://127.0.0.1:${portOf(server)}/books/1`, {
        headers: { authorization },
      });
      expect(response.status).to.equal(500);
      expect(response.headers.get('x-own')).to.equal(null);
      expect(await response.text()).not.to.contain('secret');
      await closeServer(server);
    });
  });

  describe('of Hono', () => {
    const app = (): Hono => {
      const made = new Hono();
      made.use(honoMiddleware(guard));
      made.get('/books/:id', (c) => c.json(allowedCall(c).id));
      made.put('/books/:id', async (c) =>
        c.json({ kit: allowedCall(c).body, own: await c.req.json<unknown>() }),
      );
      return made;
    };
    const JSON_TYPE = { 'content-type': 'application/json' };

    it('runs where there is no node server, from requests alone', async () => {
      const ask = async (
        path: string,
        init: { method?: string; body?: string; headers?: Record<string, string> } = {},
      ): Promise<number> =>
        (await app().request(path, { ...init, headers: { authorization, ...init.headers } })).status;
      expect(await ask('/books/1')).to.equal(200);
      expect(await ask('/books/3')).to.equal(403);
      expect(await ask('/books/1', { headers: { authorization: 'none' } })).to.equal(401);
      expect(
        await ask('/books/1', { headers: { authorization: `${authorization}, ${authorization}` } }),
      ).to.equal(401);
      const put = { method: 'PUT', body: '{}' };
      expect(await ask('/books/1', { ...put, headers: { ...JSON_TYPE, 'x-reason': 'a' } })).to.equal(200);
      // Sent twice, or once with a comma: a Request does not say.
      expect(await ask('/books/1', { ...put, headers: { ...JSON_TYPE, 'x-reason': 'a, b' } })).to.equal(403);
      expect(service.reason()).to.equal('INPUT_AMBIGUOUS');
    });

    it('leaves the body to the handler as well', async () => {
      const ask = async (body: string, type = JSON_TYPE): Promise<[number, unknown]> => {
        const response = await app().request('/books/1', {
          method: 'PUT',
          body,
          headers: { authorization, ...type },
        });
        return [response.status, await response.json()];
      };
      expect(await ask('{"a":1}')).to.deep.equal([200, { kit: { a: 1 }, own: { a: 1 } }]);
      expect(await ask('{"a":1}', { 'content-type': 'text/plain' })).to.deep.equal([200, { own: { a: 1 } }]);
      expect(await ask('{"a":')).to.deep.equal([400, { message: 'the body is not JSON' }]);
    });

    it('gives the connection back when a request is aborted', async () => {
      const abort = new AbortController();
      const stuck = new Hono();
      stuck.use(honoMiddleware(guard));
      const started = new Promise<void>((resolve) => {
        stuck.get('/books/:id', () => {
          resolve();
          return new Promise<Response>(() => {});
        });
      });
      const answered = stuck.request('/books/1', { headers: { authorization }, signal: abort.signal });
      await started;
      abort.abort();
      expect((await answered).status).to.equal(500);
      expect((await app().request('/books/1', { headers: { authorization } })).status).to.equal(200);
    });
  });

  describe('of Fastify', () => {
    it('decides on the body that the handler gets, after validation', async () => {
      const app = fastify();
      await app.register(fastifyPlugin(guard));
      await app.register(async (scope) => {
        const schema = { body: { type: 'object', properties: { book: { type: 'string' } } } };
        scope.route({
          method: 'POST',
          url: '/loans',
          schema,
          handler: async (request) => ({ decidedOn: allowedCall(request).id, body: request.body }),
        });
      });
      const reply = await app.inject({
        method: 'POST',
        url: '/loans',
        headers: { authorization },
        payload: { book: 1 },
      });
      expect(reply.json()).to.deep.equal({ decidedOn: '1', body: { book: '1' } });
      await app.close();
    });

    it('commits before a stream is sent', async () => {
      const app = fastify();
      await app.register(fastifyPlugin(guard));
      app.get('/books/:id', async (request, reply) => {
        await allowedCall(request).database.query("update book set status = 'GONE' where id = '1'");
        return reply.type('text/plain').send(Readable.from(['one, ', 'two']));
      });
      const reply = await app.inject({ url: '/books/1', headers: { authorization } });
      expect([reply.statusCode, reply.body]).to.deep.equal([200, 'one, two']);
      expect(await service.book('acme', '1')).to.include({ status: 'GONE' });
      await app.close();
    });
  });
});

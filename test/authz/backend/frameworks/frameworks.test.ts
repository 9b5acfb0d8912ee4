import { request as send } from 'node:http';
import { expect } from 'chai';
import { allowedCall, RequestProblem, SOCKET_PATHS } from '../../../../authz/backend/index.ts';
import { accessClaims } from '../../fixture.ts';
import { sign } from '../../issuer.ts';
import { exchange, type Reply } from '../exchange.ts';
import { type Ask, GATEWAY_SECRET, startService, type Service } from '../service.ts';
import { TABLE } from './table.ts';
import { type FrameworkRoute, frameworkRoutes, FRAMEWORKS, ofNode, type Served } from './serve.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const GONE = "update book set status = 'GONE' where id = $1";

describe('the backend kit', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  beforeEach(() => service.reset());
  after(() => service.close());

  const ask = async ({ port }: Served, line: string, asked: Ask = {}): Promise<Reply> => {
    const { claims = {}, token, body, headers = {} } = asked;
    const bearer = token ?? (claims && (await sign(service.key, accessClaims(claims))));
    const all = {
      ...(body !== undefined && JSON_TYPE),
      ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
      ...headers,
    };
    return exchange(port, line, all, body);
  };

  for (const { framework, serve } of [ofNode, ...FRAMEWORKS])
    describe(`with ${framework}`, () => {
      let served: Served;
      before(async () => {
        served = await serve(service, frameworkRoutes(service));
      });
      after(() => served.close());

      for (const { what, line, ask: asked, policies, status, body, reason, ran } of TABLE)
        it(`answers ${status}${reason === undefined ? '' : ` ${reason}`} to ${what}: ${line}`, async () => {
          if (policies) await service.publish(policies);
          const reply = await ask(served, line, await asked?.(service));
          expect(service.decisions.map((decision) => decision.reason)).to.deep.equal(
            line === 'GET /pages/hours' ? [] : [reason],
          );
          expect(reply).to.include({ status });
          if (body !== undefined) expect(reply.body).to.deep.equal(body);
          expect(service.ran).to.deep.equal(ran === undefined ? [] : [ran]);
        });
    });

  for (const { framework, serve } of FRAMEWORKS)
    describe(`around the handlers of ${framework}`, () => {
      let served: Served;
      before(async () => {
        served = await serve(service, frameworkRoutes(service));
      });
      after(() => served.close());

      const change = async (
        then: () => Promise<never> | { status: number; body: unknown },
      ): Promise<Reply> => {
        service.instead = async ({ database, id }) => {
          await database.query(GONE, [id]);
          return then();
        };
        const reply = await ask(served, 'GET /books/1');
        service.instead = undefined;
        return reply;
      };
      /** Of a service with other routes. */
      const askOther = async (
        routes: readonly FrameworkRoute[],
        line: string,
        asked?: Ask,
      ): Promise<Pick<Reply, 'status' | 'body'>> => {
        const other = await serve(service, routes);
        try {
          return await ask(other, line, asked);
        } finally {
          await other.close();
        }
      };
      const kept = async (): Promise<string | undefined> => (await service.book('acme', '1'))?.status;

      it('commits what an answer below 400 stands for', async () => {
        expect(await change(() => ({ status: 202, body: { done: true } }))).to.deep.equal({
          status: 202,
          body: { done: true },
        });
        expect(await kept()).to.equal('GONE');
      });

      it('undoes what an answer from 400 stands for, and lets the framework say it', async () => {
        expect(await change(() => ({ status: 409, body: { message: 'on loan' } }))).to.deep.equal({
          status: 409,
          body: { message: 'on loan' },
        });
        expect(await kept()).to.equal('FREE');
        expect(service.decisions.map(({ decision }) => decision)).to.deep.equal(['allow']);
      });

      it('undoes what a handler did that threw, and lets the framework say it', async () => {
        expect(await change(() => Promise.reject(new Error('no')))).to.deep.equal({
          status: 500,
          body: { message: 'the framework says so' },
        });
        expect(await kept()).to.equal('FREE');
        expect(await ask(served, 'GET /books/1'), 'a clean connection').to.include({ status: 200 });
      });

      it('does not let an answer out that the commit did not keep', async () => {
        service.instead = async ({ database, id }) => {
          await database.query(GONE, [id]);
          await database.query('select nonsense').catch(() => undefined);
          return { status: 200, body: { secret: 'done' } };
        };
        const { status, body } = await ask(served, 'GET /books/1');
        expect({ status, body }).to.deep.equal({
          status: 500,
          body: { message: 'Internal Server Error', decisionId: service.decisions[0]?.decisionId },
        });
        expect(await kept()).to.equal('FREE');
      });

      it('gives the connection back when the client does not wait for the answer', async () => {
        const started = new Promise<void>((resolve) => {
          service.instead = async ({ database, id }) => {
            await database.query(GONE, [id]);
            resolve();
            return new Promise(() => {});
          };
        });
        const token = await sign(service.key, accessClaims());
        const request = send({
          port: served.port,
          host: '127.0.0.1',
          path: '/books/1',
          headers: { authorization: `Bearer ${token}` },
        });
        request.on('error', () => {});
        request.end();
        await started;
        request.destroy();
        service.instead = undefined;
        // The pool has one connection.
        expect(await ask(served, 'GET /books/1')).to.include({ status: 200 });
        expect(await kept()).to.equal('FREE');
      });

      it('answers 503 while the database takes nobody', async () => {
        await service.db.admin.query('alter role library_service connection limit 0');
        await service.db.admin.query(
          "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'library_service'",
        );
        expect(await ask(served, 'GET /books/1')).to.include({ status: 503 });
        expect(service.reason()).to.equal('DATABASE_UNAVAILABLE');
        await service.db.admin.query('alter role library_service connection limit -1');
        expect(await ask(served, 'GET /books/1')).to.include({ status: 200 });
      });

      describe('behind a WebSocket API', () => {
        const toKit = (path: string, headers: Ask['headers'] = {}, body?: unknown): Promise<Reply> =>
          ask(served, `POST ${path}`, {
            claims: path === SOCKET_PATHS.connect ? {} : null,
            headers: {
              'x-gateway-secret': GATEWAY_SECRET,
              'x-connection-id': framework,
              'x-source-ip': '10.1.2.3',
              ...headers,
            },
            body,
          });
        const say = async (body: unknown): Promise<unknown> =>
          (await toKit(SOCKET_PATHS.message, {}, body)).body;
        beforeEach(async () => {
          expect(await toKit(SOCKET_PATHS.connect)).to.include({ status: 200 });
        });
        afterEach(() => toKit(SOCKET_PATHS.disconnect));

        it('takes each message for the request that it asks for, and undoes what it refuses', async () => {
          expect(await say({ id: 'a', request: 'GET /books/1' })).to.deep.equal({
            id: 'a',
            status: 200,
            body: { status: 'FREE', pages: 300 },
          });
          await say({ request: 'PUT /books/1', body: { pages: 7 } });
          expect(await service.book('acme', '1')).to.include({ pages: '7' });
          expect(await say({ request: 'GET /books/3' })).to.deep.include({ status: 403 });
          service.instead = async ({ database, id }) => {
            await database.query(GONE, [id]);
            throw new RequestProblem(409, 'it is on loan');
          };
          expect(await say({ request: 'GET /books/1' })).to.deep.include({ status: 409 });
          expect(await kept()).to.equal('FREE');
        });

        it('answers no message for an operation that messages may not ask for', async () => {
          expect(await say({ request: 'GET /books/recent' })).to.deep.include({ status: 404 });
          expect(service.ran).to.deep.equal([]);
        });

        it('knows no socket that was not opened, is closed, or that somebody else than the gateway names', async () => {
          for (const headers of [{ 'x-connection-id': 'another' }, { 'x-gateway-secret': 'a guess' }])
            expect(
              await toKit(SOCKET_PATHS.message, headers, { request: 'GET /books/1' }),
            ).not.to.have.nested.property('body.status', 200);
          await toKit(SOCKET_PATHS.disconnect);
          expect(await say({ request: 'GET /books/1' })).to.deep.include({ status: 403 });
          expect(service.ran).to.deep.equal([]);
        });
      });

      it('says nothing of a request that it was not asked about', async () => {
        let caught: unknown;
        const careless: FrameworkRoute = {
          method: 'GET',
          path: '/pages/:name',
          answer: async (request) => {
            try {
              return { status: 200, body: allowedCall(request).tenant };
            } catch (error) {
              caught = error;
              throw error;
            }
          },
        };
        const reply = await askOther([careless], 'GET /pages/hours');
        expect(reply).to.include({ status: 500 });
        expect(String(caught)).to.contain('nothing was decided');
      });

      /** Takes any path for a book's. */
      const readsAnyBook = (): FrameworkRoute =>
        frameworkRoutes(service).find(({ path }) => path === '/books/:id')!;

      it('lets no other route answer than the one that was decided on', async () => {
        service.instead = async ({ database }) => {
          await database.query("update book set status = 'GONE'");
          return { status: 200, body: { secret: 'of a book' } };
        };
        const { status, body } = await askOther([readsAnyBook()], 'GET /books/recent');
        const [{ decisionId } = { decisionId: '' }] = service.decisions;
        expect({ status, body }).to.deep.equal({
          status: 500,
          body: { message: 'Internal Server Error', decisionId },
        });
        expect(service.decisions[0]).to.include({ decision: 'allow', cause: 'RouteMismatch' });
        expect(await kept()).to.equal('FREE');
      });

      it('lets none answer in the place of another because it was registered first', async () => {
        const { status } = await askOther(
          [readsAnyBook(), ...frameworkRoutes(service).filter(({ path }) => path === '/books/recent')],
          'GET /books/recent',
        );
        // Some frameworks take the first route that fits, and some the most specific one.
        expect(status).to.equal(service.ran[0] === 'listRecent' ? 200 : 500);
      });

      it('lets none answer a public path that is not the public one', async () => {
        const drafts = {
          method: 'GET',
          path: '/pages/hours',
          answer: async () => ({ status: 200, body: 'a plan' }),
        };
        expect(await askOther([drafts], 'GET /pages/hours', { claims: null })).to.deep.include({
          status: 500,
        });
      });

      it('leaves it to the framework to say that it has no such route', async () => {
        expect(await askOther([], 'GET /books/1')).to.include({ status: 404 });
      });
    });
});

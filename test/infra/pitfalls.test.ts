import { expect } from 'chai';
import { networkInterfaces } from 'node:os';
import { createServer } from 'node:net';
import { DeciderUnavailable, type Question } from '../../authz/decide/decider.ts';
import { type Gateways, startGateways } from './library-gateways.ts';

/** Another address of this machine, from which requests can be sent. */
const ELSEWHERE = '127.0.0.2';

/** Each is a mistake that gateways make easy; each would show here. */
describe('the gateways that the program declares', () => {
  let gateways: Gateways;
  let asked: Question[];
  beforeEach(async () => {
    gateways = await startGateways();
    asked = [];
    allowWhere(() => true);
  });
  afterEach(() => gateways.close());

  const allowWhere = (condition: (question: Question) => boolean): void => {
    gateways.decide = async (question) => {
      asked.push(question);
      return { decision: condition(question) ? 'allow' : 'deny', determining: [], errors: [] };
    };
  };
  const on = (name: string) => (question: Question) => question.action.id === name;

  for (const which of ['REST', 'HTTP'] as const) {
    const ask = (...request: Parameters<Gateways['ask']> extends [unknown, ...infer R] ? R : never) =>
      gateways.ask(which, ...request);
    const unrouted = which === 'REST' ? 403 : 404;

    describe(`of a ${which} API`, () => {
      it('remember a decision, and never for another route', async () => {
        allowWhere(on('GET /books'));
        for (let i = 0; i < 2; i++) expect(await ask('GET /books')).to.equal(200);
        expect(await ask('GET /loans')).to.equal(403);
        expect(asked.map(({ action }) => action.id)).to.deep.equal(['GET /books', 'GET /loans']);
      });

      it('remember no deny of another route either', async () => {
        allowWhere(on('GET /loans'));
        expect(await ask('GET /books')).to.equal(403);
        expect(await ask('GET /loans')).to.equal(200);
      });

      it('never answer for one id what was decided about another', async () => {
        allowWhere(({ resource }) => resource.id === 'mine');
        expect(await ask('GET /books/mine')).to.equal(200);
        expect(await ask('GET /books/yours')).to.equal(403);
        expect(await ask('GET /books/mine')).to.equal(200);
      });

      it('remember nothing of a decision that could not be made', async () => {
        gateways.decide = () => Promise.reject(new DeciderUnavailable('throttled'));
        expect(await ask('GET /books')).to.equal(500);
        allowWhere(() => true);
        expect(await ask('GET /books')).to.equal(200);
      });

      it('never replay to one address what was allowed to another', async function () {
        if (!(await canSendFrom(ELSEWHERE))) {
          this.test!.title += ` (skipped: ${ELSEWHERE} is no address of this machine)`;
          this.skip();
        }
        allowWhere(({ context }) => JSON.stringify(context).includes('127.0.0.1'));
        expect(await ask('GET /stacks')).to.equal(200);
        expect(await ask('GET /stacks', { from: ELSEWHERE })).to.equal(403);
        expect(await ask('GET /stacks')).to.equal(200);
      });

      it('let no HEAD, OPTIONS or other method slip past', async () => {
        for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'POST'])
          expect(await ask(`${method} /books`), method).to.equal(unrouted);
        expect(gateways.forwarded).to.have.length(0);
      });

      it('decide on the path that the backend gets, however it is encoded', async () => {
        allowWhere(on('GET /books/{id}'));
        for (const id of ['%6Catest', 'l%61test', 'a%2Fb', '%2e%2e', '..', '.', 'a%00', '%2A', '%3F', '-'])
          expect(await ask(`GET /books/${id}`), id).to.equal(403);
        expect(await ask('GET /books/latest'), 'another operation').to.equal(403);
        expect(gateways.forwarded).to.have.length(0);
        expect(await ask('GET /books/a%20b')).to.equal(200);
        expect(asked.at(-1)?.resource.id).to.equal('a b');
        expect(gateways.forwarded.at(-1)?.url).to.equal('/books/a%20b');
      });

      it('never forward what a client says of itself', async () => {
        const forged = {
          'x-tenant-id': 'globex',
          'X-Principal-Id': 'globex|admin',
          'x-decision-id': 'none',
          'x-source-ip': '10.0.0.1',
          'x-gateway-secret': 'guess',
        };
        expect(await ask('GET /books', { headers: forged })).to.equal(200);
        expect(await ask('GET /pages', { headers: forged })).to.equal(200);
        const [decided, open] = gateways.forwarded;
        expect(decided?.headers).to.deep.include({ 'x-tenant-id': ['acme'], 'x-gateway-secret': ['hush'] });
        expect(decided?.headers['x-principal-id']?.[0]).to.match(/^acme\|/);
        expect(open?.headers['x-tenant-id'] ?? ['-']).to.deep.equal(['-']);
        for (const value of ['globex', 'admin', '10.0.0.1', 'guess'])
          expect(JSON.stringify(gateways.forwarded), value).not.to.include(value);
      });

      it('find a token in no query string', async () => {
        const headers = { authorization: '' };
        expect(await ask('GET /books?authorization=aaa.bbb.ccc&token=aaa.bbb.ccc', { headers })).to.equal(
          401,
        );
        expect(asked).to.deep.equal([]);
      });

      it('take two tokens for none', async () => {
        const headers = { authorization: 'Bearer aaa.bbb.ccc, Bearer ddd.eee.fff' };
        expect(await ask('GET /books', { headers })).to.be.oneOf([401, 403]);
        expect(asked).to.deep.equal([]);
      });
    });
  }
});

/** Linux takes all of 127.0.0.0/8 for its own; others only what their interfaces have. */
async function canSendFrom(address: string): Promise<boolean> {
  const own = Object.values(networkInterfaces()).flatMap((list) => list?.map((one) => one.address) ?? []);
  if (own.includes(address)) return true;
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(0, address, () => probe.close(() => resolve(true)));
  });
}

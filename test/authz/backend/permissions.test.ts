import { createServer } from 'node:http';
import { expect } from 'chai';
import { type BackendOptions, createBackend, type PermissionQuestion } from '../../../authz/backend/index.ts';
import { failure } from '../../local/failure.ts';
import { accessClaims, SUB } from '../fixture.ts';
import { closeServer, portOf, sign } from '../issuer.ts';
import { exchange, type Reply } from './exchange.ts';
import { startService, type Service } from './service.ts';

const question = (action: string, id = '1', type = 'Book'): PermissionQuestion => ({
  action,
  resource: { type, id },
});
const FREE_ONLY = `permit(principal, action in [Library::Action::"ShowLendButton", Library::Action::"POST /loans"], resource)
  when { resource.status == "FREE" };`;
const MAY_ASK = 'permit(principal, action == Library::Action::"POST /questions", resource);';

describe('permissions for a user interface', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  beforeEach(() => service.reset());
  after(() => service.close());
  beforeEach(() => service.publish({ 'may-ask': MAY_ASK, 'lend-what-is-free': FREE_ONLY }));

  const ask = (...questions: readonly PermissionQuestion[]): Promise<Reply> =>
    service.ask('POST /questions', { body: { questions } });
  const answers = async (...questions: readonly PermissionQuestion[]): Promise<unknown> =>
    (await ask(...questions)).body;

  it('are answered by the policies that will decide the call, in the order of the questions', async () => {
    expect(
      await answers(
        question('ShowLendButton', '1'),
        question('ShowLendButton', '2'),
        question('POST /loans', '1'),
        question('GET /books/{id}', '1'),
      ),
    ).to.deep.equal([true, false, true, false]);
    expect(await service.ask('POST /loans', { body: { book: '1' } })).to.include({ status: 201 });
    expect(await answers(question('ShowLendButton', '1')), 'now that it is lent').to.deep.equal([false]);
    expect(await service.ask('POST /loans', { body: { book: '1' } })).to.include({ status: 403 });
  });

  it('are no about what the caller cannot see, what does not exist and what is incomplete', async () => {
    await service.publish({ all: 'permit(principal, action, resource);' });
    expect(
      await answers(
        question('ShowLendButton', '3'),
        question('ShowLendButton', 'none'),
        question('ShowLendButton', 'incomplete'),
        question('ShowLendButton', '1\u0000'),
        question('ShowLendButton', '-'),
        question('ShowLendButton', '1'),
      ),
    ).to.deep.equal([false, false, false, false, false, true]);
    service.source = 'every_book';
    expect(await answers(question('ShowLendButton', '3')), 'read past row level security').to.deep.equal([
      false,
    ]);
  });

  it('are no about unknown actions, other types and other principals’ operations', async () => {
    await service.publish({ all: 'permit(principal, action, resource);' });
    expect(
      await answers(
        question('Burn'),
        question('constructor'),
        question('ShowLendButton', 'atlases', 'Shelf'),
        question('ShowLendButton', '1', '__proto__'),
        question('DELETE /books/{id}', '1'),
      ),
    ).to.deep.equal([false, false, false, false, false]);
  });

  it('are answered about operations that have no resource of their own', async () => {
    expect(
      await answers(
        question('POST /questions', 'POST /questions', 'Endpoint'),
        question('POST /books', 'POST /books', 'Endpoint'),
        question('POST /questions', 'POST /books', 'Endpoint'),
      ),
    ).to.deep.equal([true, false, false]);
  });

  it('are no where a policy needs what only the call itself will show', async () => {
    await service.publish({
      'may-ask': MAY_ASK,
      reasoned: `permit(principal, action == Library::Action::"PUT /books/{id}", resource)
        when { context has reason && context.reason == "repair" };`,
    });
    const asked = await service.ask('POST /questions', {
      body: { questions: [question('PUT /books/{id}', '1')] },
      headers: { 'x-reason': 'repair' },
    });
    expect(asked.body).to.deep.equal([false]);
  });

  it('are asked for thirty at a time, and no more', async () => {
    const thirty = Array.from({ length: 30 }, () => question('ShowLendButton'));
    expect(await answers(...thirty)).to.deep.equal(thirty.map(() => true));
    expect(await ask(...thirty, question('ShowLendButton'))).to.deep.include({ status: 400 });
  });

  it('are not answered to somebody who may not ask', async () => {
    await service.publish({ 'lend-what-is-free': FREE_ONLY });
    expect(await ask(question('ShowLendButton'))).to.include({ status: 403 });
  });

  describe('asked of the kit itself', () => {
    const MAY_ASK_KIT = 'permit(principal, action == Library::Action::"POST /permissions", resource);';
    beforeEach(() => service.publish({ 'may-ask': MAY_ASK_KIT, 'lend-what-is-free': FREE_ONLY }));
    const askKit = (body: unknown, sub = `reader-${count++}`): Promise<Reply> =>
      service.ask('POST /permissions', { body, claims: { sub } });
    let count = 0;

    it('need no handler: batches are answered in order', async () => {
      const questions = [
        question('ShowLendButton', '1'),
        question('ShowLendButton', '2'),
        question('POST /loans', '1'),
      ];
      expect(await askKit({ questions })).to.deep.equal({
        status: 200,
        body: { answers: [true, false, true] },
      });
      expect(await askKit({ questions: [] })).to.deep.equal({ status: 200, body: { answers: [] } });
      expect(service.ran).to.deep.equal([]);
      expect(service.decisions.map(({ action, decision }) => [action, decision])).to.deep.equal([
        ['POST /permissions', 'allow'],
        ['POST /permissions', 'allow'],
      ]);
    });

    it('look the same about what is denied, absent and somebody else’s, in words and in work', async () => {
      await service.publish({
        'may-ask': MAY_ASK_KIT,
        never: 'forbid(principal, action == Library::Action::"ShowLendButton", resource);',
      });
      const work = async (id: string): Promise<object> => {
        let loaded = 0;
        let decided = 0;
        const { decider, resources } = service.options;
        const other = await startOther({
          decider: {
            decide: (asked) => {
              decided++;
              return decider.decide(asked);
            },
          },
          resources: {
            Book: (...about) => {
              loaded++;
              return resources['Book']!(...about);
            },
          },
        });
        const reply = await other.ask({ questions: [question('ShowLendButton', id)] });
        await other.close();
        return { ...reply, loaded, decided };
      };
      const denied = await work('1');
      expect(denied).to.deep.equal({ status: 200, body: { answers: [false] }, loaded: 1, decided: 2 });
      for (const id of ['none', '3', '2']) expect(await work(id), id).to.deep.equal(denied);
    });

    it('load each row once, however often it is asked about', async () => {
      let loaded = 0;
      const { resources } = service.options;
      const other = await startOther({
        resources: {
          Book: (...about) => {
            loaded++;
            return resources['Book']!(...about);
          },
        },
      });
      await other.ask({ questions: Array.from({ length: 30 }, () => question('ShowLendButton', 'none')) });
      await other.close();
      expect(loaded).to.equal(1);
    });

    it('are about the rows of every tenant that the caller may reach, and of no other', async () => {
      const questions = ['1', '2', '3', 'none'].map((id) => question('ShowLendButton', id));
      const answers = async (...dataTenants: string[]): Promise<unknown> => {
        await service.register({ dataTenants });
        return (await askKit({ questions })).body;
      };
      expect(await answers('acme')).to.deep.equal({ answers: [true, false, false, false] });
      expect(await answers('acme', 'globex')).to.deep.equal({ answers: [true, false, true, false] });
      expect(await answers('globex', 'acme')).to.deep.equal({ answers: [true, false, true, false] });
      expect(await answers()).to.deep.equal({ answers: [false, false, false, false] });
    });

    it('take action, type and id and nothing else: a client states no facts', async () => {
      const good = question('ShowLendButton');
      for (const body of [
        undefined,
        null,
        [],
        {},
        { questions: {} },
        { questions: [good], principal: 'acme|somebody' },
        { questions: [{ ...good, context: {} }] },
        { questions: [{ ...good, attributes: { status: 'FREE' } }] },
        { questions: [{ ...good, resource: { ...good.resource, attributes: { status: 'FREE' } } }] },
        { questions: [{ ...good, resource: { ...good.resource, tenant: 'acme' } }] },
        { questions: [{ action: 'ShowLendButton' }] },
        { questions: [{ ...good, action: 1 }] },
        { questions: [{ ...good, resource: { type: 'Book', id: 1 } }] },
        { questions: [null] },
      ])
        expect(await askKit(body), JSON.stringify(body)).to.include({ status: 400 });
    });

    it('are for those who may ask, thirty at a time', async () => {
      const many = Array.from({ length: 31 }, () => question('ShowLendButton'));
      expect(await askKit({ questions: many })).to.include({ status: 400 });
      await service.publish({ 'lend-what-is-free': FREE_ONLY });
      expect(await askKit({ questions: [] })).to.include({ status: 403 });
    });

    it('are refused to one who asks too often, for as long as it says, and to nobody else', async () => {
      let now = Date.now();
      const other = await startOther({ now: () => now });
      const ask = (sub: string): Promise<Reply> => other.ask({ questions: [] }, sub);
      for (let at = 0; at < 30; at++) expect(await ask('eager'), String(at)).to.include({ status: 200 });
      expect(await ask('eager')).to.deep.include({ status: 429, body: { message: 'too many questions' } });
      expect(await ask('patient')).to.include({ status: 200 });
      now += 100;
      expect(await ask('eager')).to.include({ status: 200 });
      expect(await ask('eager')).to.include({ status: 429 });
      await other.close();
    });

    it('are about operations without a resource as well', async () => {
      const questions = [
        question('POST /permissions', 'POST /permissions', 'Endpoint'),
        question('POST /books', 'POST /books', 'Endpoint'),
      ];
      expect((await askKit({ questions })).body).to.deep.equal({ answers: [true, false] });
    });

    it('must be asked by an operation without a resource', async () => {
      const { message } = await failure(
        createBackend({ ...service.options, permissionsOperation: 'readBook' }),
      );
      expect(message).to.contain('readBook, which answers a user interface, is no operation on its Endpoint');
    });

    /** The same service with other parts. */
    const startOther = async (changes: Partial<BackendOptions>) => {
      const server = createServer(await createBackend({ ...service.options, ...changes }));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return {
        ask: async (body: unknown, sub = SUB): Promise<Reply> => {
          const authorization = `Bearer ${await sign(service.key, accessClaims({ sub }))}`;
          return exchange(portOf(server), 'POST /permissions', { authorization }, body);
        },
        close: () => closeServer(server),
      };
    };
  });
});

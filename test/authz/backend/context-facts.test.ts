import { expect } from 'chai';
import { type ContextSource, createBackend } from '../../../authz/backend/index.ts';
import { failure } from '../../local/failure.ts';
import { startService, type Service } from './service.ts';

const FINE = `permit(principal, action == Library::Action::"POST /returns", resource)
  when { context.daysLate < 7 && (!(context has damage) || context.damage == "none") };`;
const ALL = 'permit(principal, action, resource);';

describe('context that only a service knows', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  beforeEach(() => service.reset());
  after(() => service.close());

  const giveBack = (body: object) => service.ask('POST /returns', { body: { book: '1', ...body } });
  const supply = (facts: ContextSource): void => {
    service.facts = facts;
  };

  it('is decided on, and shown to the handler', async () => {
    await service.publish({ fine: FINE });
    for (const [daysLate, status] of [
      [0, 200],
      [6, 200],
      [7, 403],
    ] as const) {
      supply(() => ({ daysLate }));
      expect(await giveBack({}), String(daysLate)).to.include({ status });
    }
    supply(() => ({ daysLate: 1, damage: 'none' }));
    expect((await giveBack({})).body).to.deep.equal({ daysLate: 1, damage: 'none' });
    supply(() => ({ daysLate: 1, damage: 'burnt' }));
    expect(await giveBack({})).to.include({ status: 403 });
  });

  it('comes from the body, the resource and the tenant’s rows', async () => {
    await service.publish({ fine: FINE });
    supply(async ({ tenant, database, id, resource, body, principalId }) => {
      const { rows } = await database.query('select id from book order by id');
      expect({ tenant, id, rows, body }).to.deep.equal({
        tenant: 'acme',
        id: '1',
        rows: [{ id: '1' }, { id: '2' }, { id: 'incomplete' }],
        body: { book: '1', note: 'sorry' },
      });
      expect(resource?.attributes).to.include({ status: 'FREE' });
      expect(principalId).to.match(/^acme\|/);
      return { daysLate: 0 };
    });
    expect(await giveBack({ note: 'sorry' })).to.include({ status: 200 });
  });

  it('denies when a required fact is absent or one is of another type, whatever the policies say', async () => {
    await service.publish({ all: ALL });
    for (const facts of [
      {},
      { daysLate: null },
      { daysLate: '1' },
      { daysLate: 1.5 },
      { daysLate: 1, damage: 7 },
    ]) {
      supply(() => facts);
      expect(await giveBack({}), JSON.stringify(facts)).to.include({ status: 403 });
      expect(service.reason()).to.equal('CONTEXT_INCOMPLETE');
    }
    expect(service.ran).to.deep.equal([]);
  });

  it('is nothing but what the document calls so: a service cannot put words into a gateway’s mouth', async () => {
    await service.publish({
      all: ALL,
      outside: `forbid(principal, action == Library::Action::"POST /returns", resource)
        unless { context has reason && context.reason == "repair" };`,
    });
    supply(() => ({ daysLate: 0, reason: 'repair', admin: true }));
    expect(await giveBack({})).to.include({ status: 403 });
  });

  it('is supplied for a user interface’s questions too, which have no body', async () => {
    await service.publish({
      fine: FINE,
      'may-ask': 'permit(principal, action == Library::Action::"POST /questions", resource);',
    });
    const bodies: unknown[] = [];
    const ask = async (daysLate: number | undefined): Promise<unknown> => {
      supply(({ body, query }) => {
        bodies.push(body, query);
        return { daysLate };
      });
      const question = { action: 'POST /returns', resource: { type: 'Book', id: '1' } };
      return (await service.ask('POST /questions?a=1', { body: { questions: [question] } })).body;
    };
    expect(await ask(3)).to.deep.equal([true]);
    expect(await ask(9)).to.deep.equal([false]);
    expect(await ask(undefined)).to.deep.equal([false]);
    expect(bodies).to.deep.equal([undefined, {}, undefined, {}, undefined, {}]);
  });

  it('is no allow when the service fails to supply it', async () => {
    await service.publish({ all: ALL });
    supply(() => {
      throw new TypeError('no calendar');
    });
    expect(await giveBack({})).to.include({ status: 503 });
    expect(service.decisions.at(-1)).to.include({ decision: 'unavailable', cause: 'TypeError' });
    expect(service.ran).to.deep.equal([]);
  });

  it('must be about an operation or a domain action that there is', async () => {
    const context = { lendBok: () => ({}), ShowLendButton: () => ({}) };
    const { message } = await failure(createBackend({ ...service.options, context }));
    expect(message).to.contain('context names lendBok, which is no operation').and.not.contain('ShowLend');
  });
});

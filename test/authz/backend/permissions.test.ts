import { expect } from 'chai';
import { type PermissionQuestion } from '../../../authz/backend/index.ts';
import type { Reply } from './exchange.ts';
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
});

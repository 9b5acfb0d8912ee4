import { expect } from 'chai';
import { loadModel } from '../../dsl/schema/model.ts';
import type { Reply } from '../authz/backend/exchange.ts';
import { failure } from '../local/failure.ts';
import { violations } from './conforms.ts';
import { type ApiDocument, readDocument } from './document.ts';
import { examples } from './operations.ts';
import { type DemoService, startDemo } from './service.ts';

const ALL = { all: 'permit(principal, action, resource);' };
const routes = Object.values(loadModel().actions).flatMap(({ route }) => (route ? [route] : []));

describe('the demo’s service', function () {
  this.timeout(30_000);
  let demo: DemoService;
  let document: ApiDocument;
  before(async () => {
    document = await readDocument();
    demo = await startDemo();
    await demo.database.admin.query(
      `insert into payments.transfer (tenant_id, id, account_id, payee_id, amount, currency, created_by)
       values ('acme', 'tra-acme-2', 'acc-acme-business', 'pay-acme-1', 5, 'EUR', 'somebody-else')`,
    );
  });
  beforeEach(() => demo.publish(ALL));
  after(() => demo.close());

  for (const { key, method, path } of routes)
    it(`answers ${method} ${path} as the document says`, async () => {
      const example = examples[key]!;
      const line = `${method} ${path.replace('{id}', example.id ?? '')}${example.query ?? ''}`;
      const { status, body } = await demo.ask(line, example.body, example.headers);
      const { responses } = document.paths[path]![method.toLowerCase()]!;
      expect(responses, JSON.stringify(body)).to.have.property(String(status));
      expect(status).to.be.within(200, 299);
      const schema = responses[status]?.content?.['application/json']?.schema;
      expect(schema ? violations(schema, body) : (body ?? [])).to.deep.equal([]);
    });

  it('is up, for anybody who asks', async () => {
    expect(await demo.ask('GET /health', undefined, { authorization: 'none' })).to.deep.equal({
      status: 200,
      body: { status: 'ok' },
    });
  });

  it('changes nothing by an empty body', async () => {
    const rows = async (): Promise<unknown> =>
      (await demo.database.admin.query('select * from payments.customer_user order by id')).rows;
    const before = await rows();
    const { status, body } = await demo.ask('PUT /customer/user/42', {});
    expect(status).to.equal(200);
    expect(body).to.include({ id: '42', name: 'Ada Lindqvist' });
    expect(await rows()).to.deep.equal(before);
  });

  const payment = { accountId: 'acc-acme-business', payeeId: 'pay-acme-1', amount: 100, currency: 'EUR' };

  describe('and requests that do not fit the document', () => {
    const misfits: readonly (readonly [request: string, body: unknown, said: string])[] = [
      ['PUT /customer/user/42', undefined, 'the body is not an object'],
      ['PUT /customer/user/42', [], 'the body is not an object'],
      ['PUT /customer/user/42', { status: 'OWNER' }, "'status' is not one of INVITED, ACTIVE, LOCKED"],
      ['PUT /customer/user/42', { tenant_id: 'globex' }, "'tenant_id' is not a property of this request"],
      ['PUT /customer/user/42', { constructor: 1 }, "'constructor' is not a property of this request"],
      ['PUT /customer/user/42', { name: 'Ada\u0000' }, "'name' is not a text of 1 to 200 characters"],
      ['PUT /customer/user/42', { roles: ['A', 1] }, "'roles' is not a list of texts"],
      ['POST /customers', { name: 'New Ltd' }, "'country' is missing"],
      ['POST /customers/cus-acme/users', { name: 'Nora', email: 'nora' }, "'email' is not an e-mail address"],
      [
        'POST /transfers',
        { ...payment, amount: 0 },
        "'amount' is not a positive whole number of minor units",
      ],
      [
        'POST /transfers',
        { ...payment, amount: 2 ** 53 },
        "'amount' is not a positive whole number of minor units",
      ],
      [
        'POST /transfers',
        { ...payment, payeeId: 'pay-globex-1' },
        'it refers to something that does not exist',
      ],
      [
        'POST /transfers',
        { ...payment, quoteId: 'quo-globex-1' },
        'it refers to something that does not exist',
      ],
      [
        'POST /permissions',
        { questions: [{ action: 'x' }] },
        'the body is not { questions: [{ action, resource: { type, id } }] }',
      ],
      [
        'GET /transfers?status=LOST',
        undefined,
        "'status' is not one of PENDING_APPROVAL, APPROVED, SENT, CANCELLED",
      ],
      ['GET /accounts?limit=201', undefined, 'limit is not within 1 and 200'],
      ['GET /accounts?limit=1e2', undefined, 'limit is not within 1 and 200'],
    ];
    for (const [request, body, message] of misfits)
      it(`answers 400: ${request} ${body === undefined ? '' : JSON.stringify(body)}`, async () => {
        expect(await demo.ask(request, body)).to.deep.equal({ status: 400, body: { message } });
      });

    it('answers 400 to a period whose ends are no times, and to a reason that is none', async () => {
      const from = '2020-01-01T00:00:00Z';
      const ask = (to: string, reason: string): Promise<Reply> =>
        demo.ask('POST /audit/exports', { from, to }, { 'x-reason': reason });
      for (const to of ['1', '2020-13-01T00:00:00Z', 'tomorrow'])
        expect(await ask(to, 'a test'), to).to.deep.include({ status: 400 });
      expect(await ask(from, 'no')).to.deep.include({ status: 400 });
      expect(await demo.ask('POST /audit/exports', { from, to: from }), 'no reason at all').to.deep.include({
        status: 403,
      });
    });

    it('answers 409 to what other data keep from happening', async () => {
      expect(await demo.ask('DELETE /payees/pay-acme-1')).to.deep.include({ status: 409 });
      expect(await demo.ask('POST /transfers', payment)).to.deep.include({ status: 201 });
      const { body } = await demo.ask('GET /transfers?limit=1');
      const { items }: { items: { id: string }[] } = JSON.parse(JSON.stringify(body));
      const id = items[0]?.id;
      expect(await demo.ask(`POST /transfers/${id}/cancel`)).to.deep.include({ status: 200 });
      expect(await demo.ask(`POST /transfers/${id}/approve`)).to.deep.include({ status: 409 });
    });
  });

  it('refuses a transfer from an account that is not active, where the policy asks for that', async () => {
    await demo.publish({
      active: `permit(principal, action == Payments::Action::"POST /transfers", resource)
        when { principal.role == "PAYMENT_INITIATOR" && resource.status == "ACTIVE" };`,
    });
    const transfers = async (): Promise<unknown> =>
      (await demo.database.admin.query('select count(*) from payments.transfer')).rows;
    const before = await transfers();
    const refused = await demo.ask('POST /transfers', { ...payment, accountId: 'acc-acme-frozen' });
    expect(refused).to.deep.include({ status: 403 });
    expect(refused.body).to.include({ reason: 'POLICY_DENIES' });
    expect(await transfers()).to.deep.equal(before);
    expect(await demo.ask('POST /transfers', payment)).to.deep.include({ status: 201 });
  });

  it('writes reasons down in the audit log, where the caller’s tenant finds them', async () => {
    await demo.ask('POST /accounts/acc-acme-frozen/freeze', undefined, { 'x-reason': 'looks stolen' });
    const { body } = await demo.ask('GET /audit/events');
    expect(JSON.stringify(body))
      .to.contain('Account acc-acme-frozen was frozen: looks stolen')
      .and.not.contain('globex');
  });

  it('prints one line a decision, without the token, the secret or anything of the body', async () => {
    demo.printed.length = 0;
    await demo.ask('PUT /customer/user/42?limit=QUERY-VALUE', {
      name: 'BODY-VALUE',
      tenant_id: 'BODY-VALUE',
    });
    await demo.ask('PUT /customer/user/77', {});
    const lines = demo.printed.join('').trim().split('\n');
    const reasons = lines
      .map((line): { decision?: string; reason?: string } => JSON.parse(line))
      // Beside them stand decision records, which have what policies read.
      .filter((line) => line.decision !== undefined)
      .map(({ decision, reason }) => [decision, reason]);
    expect(reasons).to.deep.equal([
      ['allow', undefined],
      ['deny', 'RESOURCE_NOT_VISIBLE'],
    ]);
    expect(lines.join()).not.to.match(/VALUE|eyJ|the secret/);
  });

  it('does not start as a superuser, or without a setting', async () => {
    const superuser = demo.database.url('postgres');
    expect((await failure(demo.start({ DATABASE_URL: superuser }))).message).to.contain('row level security');
    expect((await failure(demo.start({ GATEWAY_SECRET: '' }))).message).to.contain(
      'GATEWAY_SECRET is not set',
    );
  });
});

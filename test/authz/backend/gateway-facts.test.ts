import { expect } from 'chai';
import type { Reply } from './exchange.ts';
import { GATEWAY_SECRET, startService, type Service } from './service.ts';

const OFFICE = `permit(principal, action == Library::Action::"GET /stacks", resource)
  when { context.address.isInRange(ip("10.0.0.0/8")) };`;
const NOT_FROM_OUTSIDE = `forbid(principal, action == Library::Action::"GET /stacks", resource)
  unless { context.address.isInRange(ip("10.0.0.0/8")) };`;
const GATEWAY_DECISION = '5f0c1a52-0000-4000-8000-00000000000a';

describe('the backend kit, told facts that only a gateway can know,', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  beforeEach(() => service.reset());
  after(() => service.close());
  const askFrom = (address: string, secret?: string): Promise<Reply> =>
    service.ask('GET /stacks', {
      headers: {
        'x-source-ip': address,
        'x-decision-id': GATEWAY_DECISION,
        ...(secret !== undefined && { 'x-gateway-secret': secret }),
      },
    });

  it('decides by them where the gateway’s secret came along', async () => {
    await service.publish({ office: OFFICE });
    const { status, body } = await askFrom('10.1.2.3', GATEWAY_SECRET);
    expect(status).to.equal(200);
    expect(body).to.deep.equal({ address: { __extn: { fn: 'ip', arg: '10.1.2.3' } } });
    expect(await askFrom('192.0.2.7', GATEWAY_SECRET)).to.include({ status: 403 });
    expect(service.reason()).to.equal('POLICY_DENIES');
  });

  for (const secret of [undefined, '', 'another secret', `${GATEWAY_SECRET} `.repeat(2)])
    it(`knows nothing of them with ${secret === undefined ? 'no secret' : `the secret '${secret}'`}: what needs them denies`, async () => {
      await service.publish({ office: OFFICE });
      expect(await askFrom('10.1.2.3', secret)).to.include({ status: 403 });
      expect(service.decisions.at(-1)).to.deep.include({ reason: 'POLICY_ERROR', errors: ['office'] });
      await service.publish({
        'permit-all': 'permit(principal, action, resource);',
        office: NOT_FROM_OUTSIDE,
      });
      expect(await askFrom('10.1.2.3', secret), 'a forbid').to.include({ status: 403 });
      expect(service.ran).to.deep.equal([]);
    });

  it('refuses an address that is none', async () => {
    expect(await askFrom('10.1.2.3, 192.0.2.7', GATEWAY_SECRET)).to.include({ status: 403 });
    expect(service.reason()).to.equal('INPUT_INVALID');
  });

  it('writes down which decision of the gateway came before, where it can be believed', async () => {
    await askFrom('10.1.2.3', GATEWAY_SECRET);
    await askFrom('10.1.2.3');
    expect(service.decisions.map(({ gatewayDecisionId }) => gatewayDecisionId)).to.deep.equal([
      GATEWAY_DECISION,
      undefined,
    ]);
  });

  it('reads declared headers of the request itself, once', async () => {
    await service.publish({
      reasoned:
        'permit(principal, action, resource) when { context has reason && context.reason == "repair" };',
    });
    const put = (reason: string | string[]): Promise<Reply> =>
      service.ask('PUT /books/1', { body: { pages: 1 }, headers: { 'X-Reason': reason } });
    expect(await put('repair')).to.include({ status: 204 });
    expect(await put('theft')).to.include({ status: 403 });
    expect(await put(['repair', 'theft'])).to.include({ status: 403 });
    expect(service.reason()).to.equal('INPUT_AMBIGUOUS');
  });
});

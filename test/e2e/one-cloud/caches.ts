import { expect } from 'chai';
import { until, type TestCloud } from '../cloud.ts';
import { rememberingCloud } from './shared.ts';

describe('decisions that are reused', function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  before(async () => {
    cloud = await rememberingCloud();
  });
  afterEach(() => cloud.cloud.faults.clear('VerifiedPermissions'));

  const statusOf = async (...request: Parameters<TestCloud['ask']>): Promise<number> =>
    (await cloud.ask(...request)).status;
  const withoutDecider = (...request: Parameters<typeof statusOf>): Promise<number> =>
    cloud.withoutDecider(() => statusOf(...request));

  it('answers the same token, method and path again without asking', async () => {
    expect(await statusOf('GET /accounts/acc-acme-business', 'acme/alice')).to.equal(200);
    expect(await withoutDecider('GET /accounts/acc-acme-business', 'acme/alice')).to.equal(200);
  });

  const account = 'GET /accounts/acc-acme-business';
  for (const [what, remembered, request, who] of [
    ['path', account, 'GET /accounts/acc-acme-personal', 'acme/alice'],
    ['method', 'GET /customer/user/43', 'PUT /customer/user/43', 'acme/alice'],
    ['token of the same tenant', account, account, 'acme/erin'],
    ['tenant', account, account, 'globex/carol'],
  ] as const) {
    it(`never answers another ${what}`, async () => {
      const status = await statusOf(remembered, 'acme/alice');
      expect(await withoutDecider(remembered, 'acme/alice')).to.equal(status);
      expect(await withoutDecider(request, who)).to.equal(500);
    });
  }

  it('never answers a sensitive operation', async () => {
    const approve = 'POST /transfers/tra-acme-1/approve';
    const first = await statusOf(approve, 'acme/dave', {});
    expect(first).to.equal(200);
    expect(await withoutDecider(approve, 'acme/dave', {})).to.equal(500);
  });

  it('fails closed while the decider is away, remembers nothing of it, and passes when it is back', async () => {
    const request = ['GET /accounts/acc-acme-frozen', 'acme/bob'] as const;
    expect(await withoutDecider(...request)).to.equal(500);
    expect(await statusOf(...request)).to.equal(200);
  });

  it('fails closed while the decider is throttled, and remembers nothing of it', async () => {
    const request = ['GET /accounts/acc-acme-frozen', 'acme/erin'] as const;
    cloud.cloud.faults.set('VerifiedPermissions', { throttled: true });
    expect(await statusOf(...request)).to.equal(500);
    cloud.cloud.faults.clear('VerifiedPermissions');
    expect(await statusOf(...request)).to.equal(200);
  });

  it('fails closed while the registry is away', async () => {
    await cloud.token('retail/ron');
    cloud.cloud.faults.set('DynamoDB_20120810', { down: true });
    // A registry row may be reused for a second.
    await until(async () => (await statusOf('GET /accounts/acc-retail', 'retail/ron')) === 500);
    cloud.cloud.faults.clear('DynamoDB_20120810');
    await until(async () => (await statusOf('GET /accounts/acc-retail', 'retail/ron')) === 200);
  });
});

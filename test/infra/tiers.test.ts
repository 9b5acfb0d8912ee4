import { expect } from 'chai';
import type { Tenant } from '../../dsl/tenants/tenant.ts';
import { throttles } from '../../infra/config-json.ts';
import { isNeeded, scopeProblems } from '../../infra/machine-pool.ts';
import { plansOf, tierOf, tierProblems, tierWarning } from '../../infra/tiers.ts';
import { model } from '../authz/fixture.ts';

const throttle = (rate: number) => ({ rate, burst: 2 * rate });
const service = (tier: string) => ({ tier, scopes: [], groups: [], attributes: {} });
const REST = { gateways: ['rest'] } as const;
const GOLD = {
  slug: 'ledger',
  file: 'tenants/ledger.ts',
  kind: 'serviceClient',
  service: service('gold'),
} as const;
const PEOPLE: Pick<Tenant, 'slug' | 'file' | 'kind' | 'service'> = {
  slug: 'acme',
  file: 'tenants/acme.ts',
  kind: 'saasTenant',
};

describe('the tier of a tenant', () => {
  it('is that of a service, and default for everybody else', () => {
    expect([tierOf(GOLD), tierOf(PEOPLE)]).to.deep.equal(['gold', 'default']);
  });

  it('needs a plan, which is said with the command that makes it', () => {
    const usagePlans = { default: throttle(1), silver: throttle(2) };
    expect(
      tierProblems({ ...REST, usagePlans: { ...usagePlans, gold: throttle(3) } }, [GOLD, PEOPLE]),
    ).to.deep.equal([]);
    const [problem, ...others] = tierProblems({ ...REST, usagePlans }, [GOLD, PEOPLE]);
    expect(others).to.deep.equal([]);
    expect(problem?.message).to.contain('no plan "gold"').and.to.contain('tenants/ledger.ts');
    expect(problem?.message).to.contain('there are: default, silver');
    expect(problem?.remedy).to.contain('usagePlans.gold.rate');
  });

  it('has a plan of its own where any may have one', () => {
    const usagePlans = { default: throttle(1), '*': throttle(7) };
    expect(tierProblems({ ...REST, usagePlans }, [GOLD, PEOPLE])).to.deep.equal([]);
    expect(Object.fromEntries(plansOf({ usagePlans }, [GOLD, PEOPLE]))).to.deep.equal({
      default: throttle(1),
      gold: throttle(7),
    });
  });

  it('is refused where no gateway would keep its rate: HTTP and WebSocket APIs have no usage plans', () => {
    const usagePlans = { default: throttle(1), gold: throttle(3) };
    const [problem, ...others] = tierProblems({ usagePlans, gateways: ['http', 'websocket'] }, [
      GOLD,
      PEOPLE,
    ]);
    expect(others).to.deep.equal([]);
    expect(problem?.message).to.contain('tenants/ledger.ts').and.to.contain('tier "gold"');
    expect(problem?.remedy).to.contain('"rest"').and.to.contain('routeThrottle');
    expect(tierProblems({ usagePlans, gateways: ['http'] }, [PEOPLE])).to.deep.equal([]);
  });

  it('is warned about where a service may go round its rate, beside a REST API', () => {
    expect(tierWarning(REST, [GOLD, PEOPLE])).to.equal(undefined);
    expect(tierWarning({ gateways: ['rest', 'http'] }, [PEOPLE])).to.equal(undefined);
    expect(tierWarning({ gateways: ['rest', 'http', 'websocket'] }, [GOLD, PEOPLE]))
      .to.contain('HTTP and the WebSocket API')
      .and.to.contain('ledger (gold)')
      .and.not.to.contain('acme');
  });

  it('is read from the configuration by names that a plan can have', () => {
    const plan = { rate: 1, burst: 2 };
    expect(throttles(JSON.stringify({ default: plan, '*': plan }))).to.have.property('value');
    for (const name of ['Gold', '**', 'a b', ''])
      expect(throttles(JSON.stringify({ default: plan, [name]: plan })), name).to.have.property('wrong');
  });
});

describe('the pool of all services', () => {
  it('is there while there are services, and kept until the last of them retires', () => {
    expect(isNeeded({ active: [PEOPLE], retiring: [PEOPLE] })).to.deep.equal({ made: false, kept: false });
    expect(isNeeded({ active: [GOLD], retiring: [PEOPLE] })).to.deep.equal({ made: true, kept: true });
    expect(isNeeded({ active: [PEOPLE], retiring: [GOLD] })).to.deep.equal({ made: true, kept: false });
  });

  it('has no room for more groups of operations than there can be scopes', () => {
    const groups = (count: number) => ({
      ...model,
      actionGroups: Object.fromEntries(Array.from({ length: count }, (_, i) => [`g${i}`, { groups: [] }])),
    });
    expect(scopeProblems(groups(99), [GOLD])).to.deep.equal([]);
    expect(scopeProblems(groups(100), [PEOPLE])).to.deep.equal([]);
    expect(scopeProblems(groups(100), [GOLD]).map(({ message }) => message)).to.deep.equal([
      'tenants/ledger.ts needs a scope for each of 100 action groups; a resource server of Cognito has 99 at most',
    ]);
  });
});

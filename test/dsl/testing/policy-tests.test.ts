import { expect } from 'chai';
import { policyTests } from '../../../dsl/testing/index.ts';
import type { PolicyTests } from '../../../dsl/testing/index.ts';
import { makeProject, type Project } from './project.ts';
import type { Api, Schema } from './schema.ts';

const { policies, sample } = policyTests<Api>();

const read = 'GET /orders/{id}';
const home = { city: 'Bern' };
const alice = { user: 'alice', attributes: { home } };
const order = sample('Order', { labels: ['x'], owner: 'alice', rate: '0.5', total: 50 });
const office = { ip: '10.1.2.3', stock: 1 };

/** What a test throws, in words. */
function thrown(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing';
}

describe('policy tests', () => {
  let project: Project;
  let acme: PolicyTests<Schema, 'backend'>;
  let gateway: PolicyTests<Schema, 'gateway'>;

  before(async () => {
    project = await makeProject();
    acme = await policies('acme', { root: project.root });
    gateway = await policies('acme', { root: project.root, phase: 'gateway' });
  });
  after(() => project.remove());

  describe('that are right', () => {
    it('pass, whether they say which policy decided or not', () => {
      acme.can(alice, read, order(), office);
      acme.can(alice, read, order(), office).by('clerks-read-small-orders');
      acme.cannot(alice, read, order({ total: 100 }), office);
      acme.cannot(alice, read, order({ total: 1_000 }), office).by('nothing-dear');
      acme.cannot(alice, read, order({ total: 1_000 }), office).because('nothing-dear');
    });

    it('take groups and attributes of a user of the tenant file, but for those given', () => {
      acme.cannot({ ...alice, groups: [] }, read, order(), office);
      acme.cannot({ ...alice, id: 'bob' }, read, order(), office);
      acme.can({ id: 'alice', groups: ['CLERK'], attributes: { age: 20, home } }, read, order(), office);
    });

    it('get what the pipeline sets: tenants, kinds, defaults, and the operation itself', () => {
      acme.cannot(alice, read, order({ tenant: 'globex' }), office).by('guardrail-foreign-resource');
      acme.can(alice, 'GET /orders').by('adults-list');
      acme.cannot({ ...alice, attributes: { home, age: 17 } }, 'GET /orders');
      const told = thrown(() => acme.cannot(alice, 'GET /orders'));
      expect(told)
        .to.include('department: "SALES"')
        .and.include('kind: "saasTenant", suspended: false, tenant: "acme"');
      expect(told).to.include('resource   Endpoint "GET /orders" { method: "GET", path: "/orders" }');
    });

    it('ask about integers of 64 bits exactly', () => {
      acme.can(alice, read, order({ total: -(2n ** 63n) }), office);
      expect(thrown(() => acme.cannot(alice, read, order({ total: -(2n ** 63n) }), office))).to.include(
        'total: -9223372036854775808',
      );
    });

    it('take tags and all ancestors of a resource', () => {
      const parents = [
        { type: 'Box', id: 'b' },
        { type: 'Shelf', id: 's' },
      ] as const;
      const tagged = { ...order(), id: 'o-1', parents, tags: { of: 'x' } };
      acme.can(alice, read, tagged, office);
      expect(thrown(() => acme.cannot(alice, read, tagged, office))).to.match(
        /resource +Order "o-1" in Box "b", Shelf "s" \{.*\} tags \{ of: "x" \}/,
      );
    });

    it('ask the gateway for what it can know alone', () => {
      gateway.can(alice, read, { type: 'Order' }, { ip: '10.1.2.3' });
      gateway.can(alice, read, order({ total: 5_000 }), office).by('clerks-read-small-orders');
      gateway.cannot(alice, read, order(), { ip: '192.0.2.1' }).by('only-from-the-office');
      gateway.cannot({ ...alice, groups: [] }, read, { type: 'Order' }, office);
      expect(thrown(() => gateway.can(alice, 'POST /orders', { type: 'Box', id: 'b' }))).to.include(
        'resource   Box "-" {}',
      );
    });

    it('fill a table', () => {
      acme.table(
        [[read, order(), office], [read, order({ owner: 'bob' }), office], ['GET /orders']],
        [alice, 'can', 'cannot', 'can'],
        [{ ...alice, id: 'bob' }, 'cannot', 'can', 'can'],
      );
    });
  });

  describe('that are wrong', () => {
    it('show request, decision, and the condition that a permit failed by', () => {
      const told = thrown(() => acme.can(alice, read, order({ total: 100 }), office));
      expect(told).to.include(`denied, but must be allowed: ${read} on Order\n`);
      expect(told).to.include('principal  User "acme|alice" in Group "acme|CLERK" { age: 41,');
      expect(told).to.include(
        'resource   Order "something" { labels: ["x"], owner: User "acme|alice", rate: decimal("0.5")',
      );
      expect(told).to.include('context    { ip: ip("10.1.2.3"), stock: 1 }');
      expect(told).to.include('decision   deny: no policy allows it');
      expect(told).to.match(
        /nearly +clerks-read-small-orders \(tenants\/acme\.ts:8:5\): resource\.total < 100 is false \(tenants\/acme\.ts:11:\d+\)/,
      );
    });

    it('show the clause that kept a permit from applying', () => {
      const told = thrown(() => acme.can(alice, read, order(), { ...office, stock: 4 }));
      expect(told).to.include('unless context.stock > 3, which is true (tenants/acme.ts:12:');
    });

    it('show whom the permits are for, where the principal is another', () => {
      const told = thrown(() => acme.can({ ...alice, groups: [] }, read, order(), office));
      expect(told).to.include(
        'clerks-read-small-orders (tenants/acme.ts:8:5) is for what is in Group "acme|CLERK"',
      );
    });

    it('show what allowed, and what nearly denied', () => {
      const told = thrown(() => acme.cannot(alice, read, order(), office));
      expect(told).to.include('allowed, but must be denied');
      expect(told).to.include('decision   allow, by clerks-read-small-orders (tenants/acme.ts:8:5)');
      expect(told).to.include('nothing-dear (tenants/acme.ts:14:5): resource.total + 1 > 1000 is false');
      expect(told).to.match(
        /only-from-the-office \(tenants\/acme\.ts:18:5\): unless context\.ip.*, which is true/,
      );
    });

    it('name the policy that decided instead', () => {
      const dear = order({ total: 1_000 });
      expect(thrown(() => acme.cannot(alice, read, dear, office).by('only-from-the-office'))).to.match(
        /denied, but not by only-from-the-office[^]*decision +deny, by nothing-dear/,
      );
      expect(thrown(() => acme.can(alice, read, order(), office).by('adults-list'))).to.match(
        /allowed, but not by adults-list[^]*decision +allow, by clerks-read-small-orders/,
      );
    });

    it('show a policy that cannot be evaluated: it denies, and only a test that says so passes', () => {
      const most = order({ total: 2n ** 63n - 1n });
      expect(thrown(() => acme.can(alice, read, most, office))).to.match(
        /denied, but must be allowed[^]*decision +deny, because a policy errs\n +nothing-dear \(tenants\/acme\.ts:14:5\) cannot be evaluated: .*overflow/,
      );
      acme.cannot(alice, read, most, office).because('nothing-dear');
      expect(thrown(() => acme.cannot(alice, read, most, office).by('nothing-dear'))).to.include(
        'not by nothing-dear',
      );
      // A forbid that denies anyway leaves nothing to the error.
      acme.cannot(alice, read, most, { ...office, ip: '192.0.2.1' }).by('only-from-the-office');
    });

    it('of a table are told together, with their places in it', () => {
      const columns = [
        [read, order(), office],
        [read, order({ total: 100 }), office],
      ] as const;
      const told = thrown(() => acme.table(columns, [alice, 'cannot', 'cannot'], [alice, 'can', 'can']));
      expect(told).to.include('2 of 4 answers are wrong');
      expect(told).to.include('row 1, column 1: allowed, but must be denied');
      expect(told).to.include('row 2, column 2: denied, but must be allowed');
    });

    it('are assertions that fail at the line of the test', () => {
      let failure: unknown;
      try {
        acme.cannot(alice, read, order(), office);
      } catch (error) {
        failure = error;
      }
      expect(failure).to.be.instanceOf(Error).with.property('name', 'AssertionError');
      const stack = failure instanceof Error ? (failure.stack ?? '') : '';
      expect(/^ +at .*$/m.exec(stack)?.[0]).to.include('policy-tests.test.ts');
    });
  });

  it('of a tenant that is not there, or of a project with mistakes, all fail, and say so', async () => {
    const nowhere = await policies('acmee', { root: project.root });
    expect(thrown(() => nowhere.cannot(alice, read, order(), office))).to.equal(
      '[TEST_TENANT] there is no tenant "acmee" — did you mean "acme"?',
    );
    const broken = await makeProject({ 'tenants/globex.ts': 'export default 1;' });
    try {
      const one = await policies('acme', { root: broken.root });
      expect(thrown(() => one.can(alice, read, order(), office))).to.match(/^tenants\/globex\.ts:1:\d+ \[/);
      expect(thrown(() => one.table([]))).to.match(/^tenants\/globex\.ts/);
    } finally {
      await broken.remove();
    }
  });
});

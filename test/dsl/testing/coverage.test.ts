import { expect } from 'chai';
import type { Asked } from '../../../dsl/testing/asked.ts';
import { type Coverage, coverageOf } from '../../../dsl/testing/coverage/coverage.ts';
import { coverageTable } from '../../../dsl/testing/coverage/table.ts';
import { testedProject, type TestedProject } from '../../../dsl/testing/loaded.ts';
import { type Subject, subjectOf } from '../../../dsl/testing/subject.ts';
import { makeProject, type Project } from './project.ts';

const user = (age: number, groups: readonly string[] = []): object => ({
  id: 'alice',
  groups,
  attributes: { age, home: { city: 'Bern' } },
});
const order = (total: bigint): object => ({
  type: 'Order',
  attributes: { labels: [], owner: 'alice', rate: '1.0', total },
});

describe('coverage', () => {
  let folder: Project;
  let project: TestedProject;
  let acme: Subject;
  let gateway: Subject;
  let globex: Subject;
  before(async () => {
    folder = await makeProject();
    project = await testedProject(folder.root);
    const { root, model, tenants } = project;
    const subject = (slug: string, phase: 'backend' | 'gateway'): Subject =>
      subjectOf(root, { model, tenant: tenants.get(slug)!, phase });
    acme = subject('acme', 'backend');
    gateway = subject('acme', 'gateway');
    globex = subject('globex', 'backend');
  });
  after(() => folder.remove());

  const read = (subject: Subject, total: bigint): Asked =>
    asked(subject, 'GET /orders/{id}', user(20, ['CLERK']), order(total), { ip: '10.0.0.1', stock: 1 });
  const list = (subject: Subject, age: number): Asked => asked(subject, 'GET /orders', user(age));
  const asked = (
    subject: Subject,
    action: string,
    principal: object,
    resource?: object,
    context?: object,
  ): Asked => {
    const given = { principal, action, resource, context };
    return {
      subject,
      given,
      examination: subject.examine(given),
      expected: 'allow',
      test: undefined,
      pinned: [],
    };
  };
  const policy = ({ policies }: Coverage, id: string) => policies.find((each) => each.id === id);
  const times = (coverage: Coverage, id: string): object[] | undefined =>
    policy(coverage, id)?.clauses.flatMap(({ conditions }) =>
      conditions.map(({ text, true: yes, false: no, error }) => ({ text, yes, no, error })),
    );

  it('knows all policies of all tenants, also before any test', () => {
    const coverage = coverageOf([project], []);
    expect(coverage.policies.map(({ id, tenants }) => `${id}: ${tenants.join(' ')}`)).to.deep.equal([
      'clerks-read-small-orders: acme',
      'nothing-dear: acme',
      'only-from-the-office: acme',
      'admins-see-the-button: acme',
      'guardrail-foreign-resource: acme globex',
      'adults-list: acme globex',
    ]);
    // Six policies, eight conditions of two outcomes each.
    expect(coverage).to.deep.include({ outcomes: { seen: 0, all: 6 + 2 * 8 }, percent: 0 });
    expect(coverageOf([], []).percent).to.equal(100);
  });

  it('counts who decided, and which way each condition came out where it was reached', () => {
    const coverage = coverageOf([project], [read(acme, 50n), read(acme, 500n), read(acme, 5_000n)]);
    expect(policy(coverage, 'clerks-read-small-orders')).to.include({ inScope: 3, decided: 1 });
    expect(times(coverage, 'clerks-read-small-orders')).to.deep.equal([
      { text: 'resource.total < 100', yes: 1, no: 2, error: 0 },
      { text: 'resource.owner == principal', yes: 1, no: 0, error: 0 },
      { text: 'context.stock > 3', yes: 0, no: 1, error: 0 },
    ]);
    expect(policy(coverage, 'nothing-dear')).to.include({ inScope: 3, decided: 1 });
    expect(policy(coverage, 'admins-see-the-button')).to.include({ inScope: 0, decided: 0 });
    expect(policy(coverage, 'clerks-read-small-orders')?.clauses[0]).to.include({
      kind: 'when',
      true: 1,
      false: 2,
    });
  });

  it('counts an error neither as true nor as false, nor what it prevents as decided', () => {
    const coverage = coverageOf([project], [read(acme, 2n ** 63n - 1n)]);
    expect(times(coverage, 'nothing-dear')).to.deep.equal([
      { text: 'resource.total + 1 > 1000', yes: 0, no: 0, error: 1 },
    ]);
    expect(coverage.policies.filter(({ decided }) => decided > 0)).to.deep.equal([]);
  });

  it('counts a policy that tenants share as the one that was written', () => {
    const coverage = coverageOf([project], [list(acme, 20), list(globex, 10)]);
    expect(policy(coverage, 'adults-list')).to.include({ inScope: 2, decided: 1 });
    expect(times(coverage, 'adults-list')).to.deep.equal([
      { text: 'principal is Store::User', yes: 2, no: 0, error: 0 },
      { text: 'principal.age > 17', yes: 1, no: 1, error: 0 },
    ]);
    expect(coverage).to.deep.include({ outcomes: { seen: 4, all: 22 }, percent: 18 });
  });

  it('counts nothing that was asked of the gateway alone', () => {
    expect(coverageOf([project], [list(gateway, 20)]).outcomes.seen).to.equal(0);
  });

  it('is shown with what no test has seen', () => {
    const table = coverageTable(coverageOf([project], [read(acme, 50n), list(globex, 20)]));
    expect(table).to.match(
      /^tenants\/acme\.ts\n +8:5 {2}clerks-read-small-orders +in scope {3}1, decided {3}1\n/,
    );
    expect(table).to.match(/\n +11:\d+ never false: resource\.total < 100\n/);
    expect(table).to.match(/\n +12:\d+ never true: context\.stock > 3\n/);
    expect(table).to.match(/nothing-dear .*decided {3}0\n +it never denied anything\n/);
    expect(table).to.match(/admins-see-the-button .*\n +no test asks for anything in its scope\n/);
    expect(table).to.match(
      /2 of 6 policies decided a request; \d+ of 22 outcomes of policies and conditions seen: \d+ %$/,
    );
  });
});

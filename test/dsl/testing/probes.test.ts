import { expect } from 'chai';
import * as fc from 'fast-check';
import { preparePolicies } from '../../../cedar/engine.ts';
import { testedProject } from '../../../dsl/testing/loaded.ts';
import { isInScope, type Trial } from '../../../dsl/testing/probes.ts';
import { type Subject, subjectOf } from '../../../dsl/testing/subject.ts';
import { makeProject, type Project } from './project.ts';

const requests = fc.record({
  principal: fc.record({
    id: fc.constantFrom('alice', 'bob'),
    groups: fc.subarray(['CLERK', 'admins']),
    attributes: fc.record({ age: fc.integer({ min: 0, max: 40 }), home: fc.constant({ city: 'Bern' }) }),
  }),
  action: fc.constantFrom('GET /orders/{id}', 'ShowButton'),
  resource: fc.record({
    type: fc.constant('Order'),
    attributes: fc.record({
      labels: fc.constant([]),
      owner: fc.constantFrom('alice', 'bob'),
      rate: fc.constant('1.0'),
      tenant: fc.constantFrom('acme', 'globex'),
      total: fc.constantFrom(0n, 99n, 100n, 999n, 1_000n, 2n ** 63n - 1n),
    }),
  }),
  context: fc.record({ ip: fc.constantFrom('10.0.0.1', '192.0.2.1'), stock: fc.integer({ min: 3, max: 4 }) }),
});

/** Whether the parts of a policy say that it applies, or that it errs. */
function told({ rule, conditions, ...trial }: Trial): 'applies' | 'errs' | 'not' {
  if (conditions.flat().includes('error')) return 'errs';
  const holds = rule.clauses.every(({ kind }, index) => {
    const outcomes = conditions[index] ?? [];
    return kind === 'when' ? outcomes.every((outcome) => outcome === 'true') : outcomes.includes('false');
  });
  return holds && isInScope({ rule, conditions, ...trial }) ? 'applies' : 'not';
}

describe('the parts of a policy, each tried by itself', () => {
  let project: Project;
  let acme: Subject;
  before(async () => {
    project = await makeProject();
    const { root, model, tenants } = await testedProject(project.root);
    acme = subjectOf(root, { model, tenant: tenants.get('acme')!, phase: 'backend' });
  });
  after(() => project.remove());

  it('say of every request what the engine says of the whole', () => {
    const alone = acme.rules.map(({ id, text }) => preparePolicies(`alone ${id}`, [{ id, text }]));
    const seen = new Set<string>();
    fc.assert(
      fc.property(requests, ({ action, context, ...rest }) => {
        const given = action === 'ShowButton' ? { action, ...rest } : { action, context, ...rest };
        const { request, trials } = acme.examine(given);
        for (const [index, policy] of alone.entries()) {
          const { reasons, errors } = policy.authorize(request);
          const whole = errors.length > 0 ? 'errs' : reasons.length > 0 ? 'applies' : 'not';
          expect(told(trials[index]!), acme.rules[index]?.id).to.equal(whole);
          seen.add(whole);
        }
      }),
      { numRuns: 150 },
    );
    expect([...seen]).to.have.members(['applies', 'errs', 'not']);
  });

  it('are reached in turn: what stands behind a false condition is not', () => {
    const { trials } = acme.examine({
      principal: { id: 'alice', groups: ['CLERK'], attributes: { age: 1, home: { city: 'x' } } },
      action: 'GET /orders/{id}',
      resource: { type: 'Order', attributes: { labels: [], owner: 'bob', rate: '1.0', total: 99 } },
      context: { ip: '10.0.0.1', stock: 9 },
    });
    const [clerks, , office] = trials;
    expect(clerks?.conditions).to.deep.equal([['true', 'false'], ['unreached']]);
    expect(office?.conditions).to.deep.equal([['true']]);
    expect(trials.find(({ rule }) => rule.id === 'admins-see-the-button')?.scope).to.deep.equal({
      principal: false,
      action: false,
      resource: true,
    });
  });
});

import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { formatProblem } from '../../dsl/check/problem.ts';
import { loadModel } from '../../dsl/schema/model.ts';
import { loadTenants } from '../../dsl/tenants/load.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

// What their policies allow and deny is tested in test/policies, as users test theirs.
describe('the tenants of the demo', () => {
  it('are in order, of their kinds, and each has all guardrails', async () => {
    const { tenants, problems } = await loadTenants({ root: ROOT, model: loadModel(ROOT), types: true });
    expect(problems.map(formatProblem)).to.deep.equal([]);
    expect(tenants.map(({ slug, kind }) => `${slug} ${kind}`)).to.deep.equal([
      'acme saasTenant',
      'globex saasTenant',
      'hooli saasTenant',
      'ledger serviceClient',
      'retail customerApp',
      'staff workforceApp',
    ]);
    for (const { policies } of tenants) {
      expect(policies.filter(({ guardrail }) => guardrail).map(({ id }) => id)).to.deep.equal([
        'guardrail-foreign-principal',
        'guardrail-foreign-resource',
        'guardrail-suspended',
        'guardrail-human-only',
      ]);
    }
  });
});

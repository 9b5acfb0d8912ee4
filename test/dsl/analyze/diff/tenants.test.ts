import { expect } from 'chai';
import { sha256Hex } from '../../../../cedar/hash.ts';
import { canonicalJson } from '../../../../cedar/canonical-json.ts';
import { parseCedar } from '../../../../cedar/text/policies.ts';
import { diffTenants, type TenantsVersion } from '../../../../dsl/analyze/diff/tenants.ts';
import type { TenantPolicies } from '../../../../dsl/analyze/policy-set.ts';
import { asking } from '../../../../dsl/analyze/ask.ts';
import { schemaOf } from '../../../../dsl/analyze/schema.ts';
import type { Oracle, Question } from '../../../../dsl/analyze/verdict.ts';
import { model } from '../../testing/model.ts';

const SCHEMA = canonicalJson(
  schemaOf(`namespace Store {
    entity Group; entity User in [Group] { tenant: String, age: Long }; entity Order { tenant: String };
    action "GET /orders/{id}", "GET /orders" appliesTo { principal: [User], resource: [Order] };
  }`).resolved,
);

const tenant = (slug: string, age = 17): TenantPolicies => {
  const text = `permit(principal in Store::Group::"${slug}|CLERK", action == Store::Action::"GET /orders", resource) when { principal.age > ${age} };`;
  const [policy] = parseCedar(text, `tenants/${slug}.ts`).policies;
  const site = { file: `tenants/${slug}.ts`, line: 3, column: 5 };
  return {
    slug,
    file: site.file,
    kind: 'saasTenant',
    groups: ['CLERK'],
    schema: { cedarJson: SCHEMA, sha256: sha256Hex(SCHEMA) },
    policies: [
      {
        id: 'adults',
        guardrail: false,
        policy: { ...policy!, id: 'adults' },
        site,
        sha256: sha256Hex(text),
      },
    ],
  };
};

/** Counts what is asked. */
function counting(): { readonly oracle: Oracle; readonly asked: Question[] } {
  const asked: Question[] = [];
  const inner = asking();
  return {
    asked,
    oracle: {
      find(question) {
        asked.push(question);
        return inner.find(question);
      },
    },
  };
}

const SLUGS = Array.from({ length: 1_000 }, (_, n) => `t${n}`);

describe('the diff of all tenants', () => {
  const version = (...tenants: readonly TenantPolicies[]): TenantsVersion => ({ model, tenants });
  const diff = (before: TenantsVersion, after: TenantsVersion, oracle: Oracle) =>
    diffTenants(before, after, { oracle, semantics: 'enforced', progress: () => undefined });

  it('asks of one edited among 1,000 what it asks of it alone', async () => {
    const alone = counting();
    await diff(version(tenant('t500')), version(tenant('t500', 15)), alone.oracle);
    const among = counting();
    const before = SLUGS.map((slug) => tenant(slug));
    const after = before.map((each) => (each.slug === 't500' ? tenant('t500', 15) : each));
    const diffs = await diff(version(...before), version(...after), among.oracle);
    expect(among.asked.length).to.equal(alone.asked.length).and.to.be.greaterThan(0);
    expect(diffs.filter(({ state }) => state !== 'same').map(({ set }) => set)).to.deep.equal(['t500']);
    expect(diffs).to.have.length(1_000);
  });

  it('asks nothing where only the order of policies and their places are others', async () => {
    const { oracle, asked } = counting();
    const [one, two] = [tenant('acme').policies[0]!, tenant('acme', 3).policies[0]!];
    const moved = { ...one, site: { file: 'tenants/shared/x.ts', line: 9, column: 1 } };
    const before = version({ ...tenant('acme'), policies: [one, two] });
    const [acme] = await diff(before, version({ ...tenant('acme'), policies: [two, moved] }), oracle);
    expect([acme?.state, asked]).to.deep.equal(['same', []]);
  });

  it('tells of tenants that are new or gone', async () => {
    const { oracle } = counting();
    const diffs = await diff(version(tenant('acme')), version(tenant('globex')), oracle);
    expect(diffs.map(({ set, state }) => [set, state])).to.deep.equal([
      ['acme', 'removed'],
      ['globex', 'added'],
    ]);
  });
});

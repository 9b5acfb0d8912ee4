import { expect } from 'chai';
import { canonicalJson } from '../../cedar/canonical-json.ts';
import { sha256Hex } from '../../cedar/hash.ts';
import { deployedTenants } from '../../cli/deployed.ts';
import { Expected } from '../../cli/fail.ts';
import { enforcedLive, livePolicies } from '../../cli/live-policies.ts';
import { isTableName, type PolicyTable, type TableTenant } from '../../cli/policy-table.ts';
import type { TenantPolicies } from '../../dsl/analyze/policy-set.ts';
import { schemaOf } from '../../dsl/analyze/schema.ts';
import { model } from '../dsl/testing/model.ts';

const resolved = schemaOf(`namespace Store {
  entity Group; entity User in [Group] { age: Long }; entity Order;
  action "GET /orders/{id}" appliesTo { principal: [User], resource: [Order], context: { stock: Long } };
}`).resolved;
const SCHEMA = canonicalJson(resolved);
const ADULTS = 'permit(principal, action, resource) when { principal.age > 9007199254740993 };';

const release = (policies: Readonly<Record<string, string>>, schemaSha256 = sha256Hex(SCHEMA)) => ({
  pk: 'acme',
  sk: 'release' as const,
  policyStoreId: 'store',
  gatewayPolicyStoreId: 'gateway',
  schemaSha256,
  gatewaySchemaSha256: '',
  policies,
});
const tenant = (given: Partial<TableTenant>): TableTenant => ({
  policies: new Map([['adults', ADULTS]]),
  files: new Map([['adults', 'tenants/shared/adults.ts']]),
  live: new Map(),
  ...given,
});
const table = (tenants: Readonly<Record<string, TableTenant>>, schema = SCHEMA): PolicyTable => ({
  name: 'shop-dev-policies',
  tenants: new Map(Object.entries(tenants)),
  schemaOf: () => Promise.resolve(schema),
  kinds: () => Promise.resolve(new Map([['acme', 'serviceClient']])),
});
const project = (slug: string): TenantPolicies => ({
  slug,
  file: `tenants/${slug}.ts`,
  kind: 'saasTenant',
  groups: ['CLERK'],
  schema: { cedarJson: SCHEMA, sha256: sha256Hex(SCHEMA) },
  policies: [],
});
const RELEASED = release({ adults: sha256Hex(ADULTS) });

describe('what a policy table says is deployed', () => {
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('is the release, exactly as it was written', async () => {
    const [acme] = await deployedTenants(table({ acme: tenant({ release: RELEASED }) }), [project('acme')]);
    expect(acme).to.deep.include({ slug: 'acme', kind: 'saasTenant', file: 'tenants/acme.ts' });
    const [policy] = acme!.policies;
    expect(policy?.site).to.deep.equal({ file: 'tenants/shared/adults.ts', line: 1, column: 1 });
    expect(policy?.policy.clauses[0]?.body).to.have.nested.property('right.value', 9007199254740993n);
  });

  it('has tenants whose file is gone too, as the registry knows them', async () => {
    const [acme] = await deployedTenants(table({ acme: tenant({ release: RELEASED }) }), []);
    expect(acme?.kind).to.equal('serviceClient');
    expect(await deployedTenants(table({ acme: tenant({}) }), [])).to.deep.equal([]);
  });

  it('is not told of while somebody deploys', async () => {
    const other = table({ acme: tenant({ release: release({ adults: sha256Hex('another') }) }) });
    expect(await failure(deployedTenants(other, []))).to.be.instanceOf(Expected);
    const missing = table({ acme: tenant({ release: release({ gone: sha256Hex(ADULTS) }) }) });
    expect(await failure(deployedTenants(missing, []))).to.be.instanceOf(Expected);
    const newer = table({ acme: tenant({ release: RELEASED }) }, '{"Store":{"entityTypes":{},"actions":{}}}');
    expect(String(await failure(deployedTenants(newer, [])))).to.include('another schema than its release');
  });

  it('has live policies, each judged on its own; permits are not taken for enforced', () => {
    const live = new Map<string, unknown>([
      ['stop', 'forbid(principal, action, resource) when { principal.age < 3 };'],
      ['open', 'permit(principal, action, resource);'],
      ['nonsense', 'forbid(principal, action, resource) when { principal.nothing };'],
      ['broken', 'forbid('],
      ['number', 7],
      ['cached', 'forbid(principal, action, resource) when { context.stock > 3 };'],
      ['Other', 'forbid(principal, action, resource);'],
    ]);
    const judged = livePolicies(table({ acme: tenant({ live }) }), model, new Map([['acme', resolved]]));
    expect(enforcedLive(judged, 'acme').map(({ id }) => id)).to.deep.equal(['live-stop']);
    const refused = judged.flatMap((each) => ('refused' in each ? [`${each.id} ${each.refused}`] : []));
    expect(refused.map((text) => /^\S+ \[\w+\]/.exec(text)?.[0])).to.deep.equal([
      'live-nonsense [UNKNOWN_ATTRIBUTE]',
      'live-broken [SYNTAX]',
      'live-number [LIVE_STATEMENT_MISSING]',
      'live-cached [LIVE_READS_CONTEXT]',
      'live-Other [LIVE_ID_INVALID]',
    ]);
  });

  it('has a name that no folder has', () => {
    expect(
      ['cedarwright-local-policies', 'x-policies', 'policies', 'a/b-policies'].map(isTableName),
    ).to.deep.equal([true, true, false, false]);
  });
});

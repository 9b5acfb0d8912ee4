import { expect } from 'chai';
import { type Life, type Lives, planLives, type TenantFiles } from '../../infra/lives.ts';
import type { Identity } from '../../dsl/tenants/identity.ts';
import type { Tenant, TenantKind } from '../../dsl/tenants/tenant.ts';

const KNOWN = { kind: 'saasTenant', groups: ['OPS'], policies: {} } as const;
const ACTIVE: Life = { state: 'active', ...KNOWN };
const RETIRING: Life = { state: 'retiring', ...KNOWN };
const RETIRED: Life = { state: 'retired' };

const tenantOf = (slug: string, kind: TenantKind): Tenant => ({
  slug,
  kind,
  groups: ['OPS'],
  file: `tenants/${slug}.ts`,
  policies: [],
  attributes: {},
  users: {},
  tokenUse: 'access',
  decisionMode: 'verified-permissions',
  tokenTtlSeconds: 300,
  dataTenants: [slug],
  enforcedBySchema: [],
  schema: { cedarJson: '{}', sha256: '' },
  gatewaySchema: { cedarJson: '{}', sha256: '' },
});

/** Files that define these tenants, or say that they are retired. */
const files = (written: Readonly<Record<string, TenantKind | 'retired'>>): TenantFiles => ({
  slugs: Object.keys(written),
  retired: Object.keys(written).filter((slug) => written[slug] === 'retired'),
  tenants: Object.entries(written).flatMap(([slug, kind]) =>
    kind === 'retired' ? [] : [tenantOf(slug, kind)],
  ),
});

const plan = (before: Lives, written: Parameters<typeof files>[0]) => {
  const { after, retiring, problems } = planLives(before, files(written));
  return {
    after: Object.fromEntries(Object.entries(after).map(([slug, { state }]) => [slug, state])),
    retiring: retiring.map(({ slug }) => slug),
    problems: problems.map(({ code }) => code),
  };
};

const ISSUER: Identity = {
  kind: 'issuer',
  issuer: 'https://login.example',
  clients: ['web'],
  audience: 'https://api.example',
  claims: {},
};

describe('what becomes of each tenant', () => {
  it('keeps the users of a pool that an issuer would take the place of', () => {
    const becomes = (before: Lives, identity?: Identity): readonly string[] => {
      const tenant = { ...tenantOf('acme', 'saasTenant'), ...(identity && { identity }) };
      const written = { slugs: ['acme'], retired: [], tenants: [tenant] };
      return planLives(before, written).problems.map(({ code }) => code);
    };
    expect(becomes({ acme: ACTIVE }, ISSUER)).to.deep.equal(['IDENTITY_CHANGED']);
    expect(becomes({ acme: { ...ACTIVE, identity: ISSUER } }, ISSUER)).to.deep.equal([]);
    expect(becomes({ acme: { ...ACTIVE, identity: ISSUER } })).to.deep.equal([]);
    expect(becomes({}, ISSUER)).to.deep.equal([]);
  });

  for (const [what, before, written, after, retiring] of [
    ['a new file is a tenant', {}, { acme: 'saasTenant' }, { acme: 'active' }, []],
    ['an active one stays', { acme: ACTIVE }, { acme: 'saasTenant' }, { acme: 'active' }, []],
    ['the first step takes it out', { acme: ACTIVE }, { acme: 'retired' }, { acme: 'retiring' }, ['acme']],
    ['that step can be taken back', { acme: RETIRING }, { acme: 'saasTenant' }, { acme: 'active' }, []],
    ['the second step ends it', { acme: RETIRING }, { acme: 'retired' }, { acme: 'retired' }, []],
    ['it stays retired', { acme: RETIRED }, { acme: 'retired' }, { acme: 'retired' }, []],
    ['its slug is kept without a file', { acme: RETIRED }, {}, { acme: 'retired' }, []],
    ['one that never was is at its end', {}, { acme: 'retired' }, { acme: 'retired' }, []],
  ] as const) {
    it(what, () => {
      expect(plan(before, written)).to.deep.equal({ after, retiring, problems: [] });
    });
  }

  for (const [what, before, written, codes] of [
    ['a file that is gone', { acme: ACTIVE }, {}, ['TENANT_VANISHED']],
    ['a file that is gone between the steps', { acme: RETIRING }, {}, ['TENANT_VANISHED']],
    ['a file with another name', { acme: ACTIVE }, { acme2: 'saasTenant' }, ['TENANT_VANISHED']],
    ['the slug of a retired tenant', { acme: RETIRED }, { acme: 'saasTenant' }, ['SLUG_RETIRED']],
    ['another kind', { acme: ACTIVE }, { acme: 'customerApp' }, ['KIND_CHANGED']],
    ['another kind between the steps', { acme: RETIRING }, { acme: 'customerApp' }, ['KIND_CHANGED']],
  ] as const) {
    it(`${what} is refused`, () => {
      expect(plan(before, written).problems).to.deep.equal(codes);
    });
  }

  it('a file that is wrong has not vanished', () => {
    const { problems } = planLives({ acme: ACTIVE }, { slugs: ['acme'], retired: [], tenants: [] });
    expect(problems).to.deep.equal([]);
  });

  it('the remedy of a vanished file is a command', () => {
    const [problem] = planLives({ acme: ACTIVE }, files({})).problems;
    expect(problem?.remedy).to.include('npx cedarwright tenant retire acme');
  });
});

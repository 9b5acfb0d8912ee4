import { expect } from 'chai';
import { claimsOf } from '../../../authz/enrich/claims.ts';
import { readSubject } from '../../../authz/identity/claims.ts';
import { isRegistryRow } from '../../../authz/identity/registry-row.ts';
import type { TenantAttributes } from '../../../authz/tables/registry.ts';
import { accessClaims, issuerOf, model, POOL, registryRow } from '../fixture.ts';

const attributes: TenantAttributes = {
  Reader: {
    costCenter: { type: { kind: 'String' }, required: true },
    badges: { type: { kind: 'Set', of: { kind: 'Long' } }, required: false },
    office: {
      type: {
        kind: 'Record',
        attributes: {
          city: { type: { kind: 'String' }, required: true },
          floor: { type: { kind: 'Long' }, required: false },
        },
      },
      required: false,
    },
    boss: { type: { kind: 'Entity', name: 'Reader' }, required: false },
  },
  Book: { colour: { type: { kind: 'String' }, required: true } },
};
const base = registryRow();
const row = registryRow({
  attributes,
  claimMap: {
    ...base.claimMap,
    ext_costCenter: 'costCenter',
    ext_badges: 'badges',
    ext_office: 'office',
    ext_boss: 'boss',
  },
});

describe('attributes that only one tenant has', () => {
  const read = (claims: Readonly<Record<string, unknown>>, of = row) =>
    readSubject(accessClaims(claims), issuerOf(POOL), of, model);

  it('are written into tokens by the hook, each as a claim of its own, and read from there', () => {
    const facts = { costCenter: 'c1', badges: [1, 2], office: { city: 'Bern' }, boss: 'ann' };
    const { claimsToAddOrOverride } = claimsOf(row, { attributes: facts, suspended: false }, model);
    expect(claimsToAddOrOverride).to.deep.include({
      ext_costCenter: 'c1',
      ext_badges: [1, 2],
      ext_office: { city: 'Bern' },
      ext_boss: 'ann',
    });
    const result = read(claimsToAddOrOverride);
    expect(result.ok && result.subject.tenantAttributes).to.deep.equal({
      costCenter: 'c1',
      badges: [1, 2],
      office: { city: 'Bern' },
      boss: { __entity: { type: 'Library::Reader', id: 'acme|ann' } },
    });
  });

  it('stay apart from those of the API, which alone are known at the gateway', () => {
    const result = read({ ext_costCenter: 'c1' });
    expect(result.ok && result.subject.attributes).not.to.have.property('costCenter');
  });

  it('are suppressed where the records do not say them: a user might have written the claim', () => {
    const { claimsToSuppress } = claimsOf(row, { attributes: { costCenter: 'c1' }, suspended: false }, model);
    expect(claimsToSuppress).to.include.members(['ext_badges', 'ext_office', 'ext_boss']);
  });

  it('are as typed as the others: absent or of another shape, there is no token and no principal', () => {
    expect(() => claimsOf(row, { attributes: {}, suspended: false }, model)).to.throw('costCenter');
    expect(() =>
      claimsOf(row, { attributes: { costCenter: 'c', office: { floor: 1 } }, suspended: false }, model),
    ).to.throw('office');
    expect(read({})).to.deep.include({ ok: false, reason: 'CLAIM_MISSING' });
    expect(read({ ext_costCenter: 1 })).to.deep.include({ ok: false, reason: 'CLAIM_INVALID' });
  });

  it('are nothing to any other tenant, whatever its tokens claim', () => {
    const result = read({ ext_costCenter: 'c1' }, base);
    expect(result.ok && result.subject).to.deep.include({ tenantAttributes: {} });
  });

  it('stand in the registry in one form: a row that is nearly right stops a request', () => {
    expect(isRegistryRow(row)).to.equal(true);
    for (const wrong of [
      { Reader: { a: { type: { kind: 'Text' }, required: true } } },
      { Reader: { a: { type: { kind: 'Set' }, required: true } } },
      { Reader: { a: { type: { kind: 'String' } } } },
      { Reader: ['a'] },
      { Reader: { a: { type: { kind: 'Record', attributes: { b: 'String' } }, required: true } } },
    ]) {
      expect(isRegistryRow({ ...row, attributes: wrong }), JSON.stringify(wrong)).to.equal(false);
    }
  });
});

import { expect } from 'chai';
import { changeSummary } from '../../infra/change-summary.ts';
import type { Life } from '../../infra/lives.ts';
import { propagation } from '../../infra/propagation.ts';

const OPS =
  'permit (\n  principal in Shop::Group::"acme|OPS",\n  action == Shop::Action::"POST /order",\n  resource is Shop::Order\n);';
const NIGHT =
  'forbid (principal, action in [Shop::Action::"read", Shop::Action::"write"], resource)\nwhen { context.night };';
const active = (policies: Readonly<Record<string, string>>): Life => ({
  state: 'active',
  kind: 'saasTenant',
  groups: [],
  policies,
});

describe('what a preview says of the tenants', () => {
  it('is nothing where nothing changes', () => {
    expect(
      changeSummary(
        { acme: active({ ops: OPS }), old: { state: 'retired' } },
        { acme: active({ ops: OPS }), old: { state: 'retired' } },
      ),
    ).to.equal('');
  });

  it('is each policy of a new tenant, in a sentence and in Cedar', () => {
    expect(changeSummary({}, { acme: active({ night: NIGHT, ops: OPS }) })).to.equal(
      [
        '+ tenant acme: new, as saasTenant',
        '  + night: forbids everybody to do read or write on anything, under a condition',
        ...NIGHT.split('\n').map((line) => `      ${line}`),
        '  + ops: permits members of OPS to do POST /order on any Order',
        ...OPS.split('\n').map((line) => `      ${line}`),
      ].join('\n'),
    );
  });

  it('is what was added, changed and removed of a tenant, and no word of what was not', () => {
    const edited = OPS.replace('POST /order', 'PUT /order');
    const said = changeSummary(
      { acme: active({ same: NIGHT, ops: OPS, gone: NIGHT }), other: active({ same: OPS }) },
      { acme: active({ same: NIGHT, ops: edited, more: NIGHT }), other: active({ same: OPS }) },
    );
    const signs = said.split('\n').filter((line) => /^ {0,2}[-+~]/.test(line));
    expect(signs.map((line) => line.split(':')[0])).to.deep.equal([
      '~ tenant acme',
      '  - gone',
      '  + more',
      '  ~ ops',
    ]);
    expect(said).to.include('PUT /order').and.not.include('POST /order');
  });

  for (const [what, before, after, said] of [
    ['leaves the registry', 'active', 'retiring', '- tenant acme: out of the registry'],
    ['comes back', 'retiring', 'active', '+ tenant acme: back in the registry'],
    ['is deleted', 'retiring', 'retired', '- tenant acme: deleted, with its users and policies'],
  ] as const) {
    it(`is that a tenant ${what}`, () => {
      const life = (state: 'active' | 'retiring' | 'retired'): Life =>
        state === 'retired' ? { state } : { state, kind: 'saasTenant', groups: [], policies: {} };
      expect(changeSummary({ acme: life(before) }, { acme: life(after) })).to.include(said);
    });
  }

  it('is how long it takes, with the caches as they are configured', () => {
    const said = propagation({
      gatewayTtlSeconds: 60,
      registryStalenessSeconds: 5,
      storeConsistencyMs: 5000,
    });
    expect(said)
      .to.include('a policy      80 s')
      .and.include('a suspension  65 s')
      .and.include('a claim       16 min');
  });
});

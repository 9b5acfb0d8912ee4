import { expect } from 'chai';
import type { ValueType } from '../../../cedar/model.ts';
import { tenantToPlain } from '../../../dsl/tenants/read.ts';
import * as accepted from '../../types/accept/tenants.ts';
import { model } from '../../types/model.ts';
import { inProject } from './project.ts';

const WHO = `department: 'd', nick: 'n', owner: 'o'`;
/** A tenant file of a service. */
const file = (slug: string, more = '', attributes = WHO, groups = ''): string =>
  `import { serviceClient } from '../dsl/index.ts';
export default serviceClient({ slug: '${slug}', client: { attributes: { ${attributes} }, ${groups} }, policies: () => [], ${more} });
`;

describe('a service as a tenant', () => {
  it('is kept as the file says it', () => {
    const serviceOf = (tenant: object) => {
      const outcome = tenantToPlain(tenant);
      return outcome.ok ? outcome.value.service : undefined;
    };
    expect(serviceOf(accepted.robot)).to.deep.equal({
      tier: 'gold',
      scopes: ['customer:read'],
      groups: ['bots'],
      attributes: { department: 'd', nick: 'n', owner: 'someone' },
    });
    expect(serviceOf(accepted.robotExtended)).to.deep.include({ tier: 'default', scopes: [], groups: [] });
    expect(serviceOf(accepted.app)).to.equal(undefined);
  });

  it('comes through the sandbox', () =>
    inProject({ 'robot.ts': file('robot', `tier: 'gold', scopes: ['customer:read']`) }, async ({ load }) => {
      const { tenants, problems } = await load();
      expect(problems).to.deep.equal([]);
      expect(tenants[0]).to.deep.include({ kind: 'serviceClient', tokenUse: 'access' });
      expect(tenants[0]?.service).to.deep.include({ tier: 'gold', scopes: ['customer:read'] });
    }));

  it('may have the attributes that its file adds to its principals', () =>
    inProject(
      {
        'robot.ts': file('robot', `attributes: { Robot: { model: 'String' } }`, `${WHO}, model: 'x'`),
      },
      async ({ load }) => {
        expect((await load()).problems).to.deep.equal([]);
      },
    ));

  for (const [what, text, message] of [
    ['has a scope that is no action group', file('robot', `scopes: ['admin']`), 'the scope "admin"'],
    ['is in a group of people', file('robot', '', WHO, `groups: ['admins']`), 'in the group "admins"'],
    ['is in a group that is not there', file('robot', '', WHO, `groups: ['none']`), 'in the group "none"'],
    ['has groups of its own', file('robot', `groups: ['A']`), 'no groups of its own'],
    ['has users', file('robot', 'users: { bob: {} }'), 'no users'],
    ['takes ID tokens', file('robot', `tokenUse: 'id'`), 'no ID tokens'],
    ['has an attribute that nobody knows', file('robot', '', `${WHO}, wheels: 4`), 'the attribute "wheels"'],
    ['says its own tier', file('robot', '', `${WHO}, tier: 'gold'`), 'the attribute "tier"'],
    ['says whose it is', file('robot', '', `${WHO}, tenant: 'acme'`), 'the attribute "tenant"'],
    ['says that it is not suspended', file('robot', '', `${WHO}, suspended: false`), 'the platform'],
    ['lacks what its principal type requires', file('robot', '', `nick: 'n'`), 'no "department"'],
    ['lacks two of them', file('robot', '', `nick: 'n'`), 'no "owner"'],
    ['has no usage plan that could be', file('robot', `tier: 'Gold plan'`), 'service.tier'],
    [
      'is asked about with its token',
      file('robot', `decisionMode: 'verified-permissions-with-token'`),
      'takes principals from tokens of people',
    ],
  ] as const)
    it(`is refused when it ${what}`, () =>
      inProject({ 'robot.ts': text }, async ({ load, messages }) => {
        expect((await load()).tenants).to.deep.equal([]);
        expect(await messages())
          .to.contain(message)
          .and.to.match(/^tenants\/robot\.ts:2:1 /);
      }));

  it('is refused by an API to which its tier is something else', () =>
    inProject({ 'robot.ts': file('robot') }, async ({ load }) => {
      const { User, Robot } = model.principalTypes;
      const withTier = (type: ValueType) => {
        const attributes = { ...Robot!.attributes, tier: { ...Robot!.attributes['nick']!, type } };
        return load({
          model: { ...model, principalTypes: { User: User!, Robot: { ...Robot!, attributes } } },
        });
      };
      expect((await withTier({ kind: 'String' })).problems).to.deep.equal([]);
      const [problem] = (await withTier({ kind: 'Long' })).problems;
      expect(problem?.message).to.contain('the attribute "tier" of Robot').and.to.contain('is no String');
    }));

  it('is refused by an API that knows no services', () =>
    inProject({ 'robot.ts': file('robot') }, async ({ load }) => {
      const { User, Robot } = model.principalTypes;
      const principalTypes = { User: User!, Robot: { ...Robot!, kinds: ['workforceApp'] } };
      const { problems } = await load({ model: { ...model, principalTypes } });
      expect(problems.map(({ message }) => message)).to.include(
        'the API document names no principal type for services',
      );
    }));
});

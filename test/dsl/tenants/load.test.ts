import { expect } from 'chai';
import { sha256Hex } from '../../../cedar/hash.ts';
import { inProject, tenant } from './project.ts';

const ONE = `permit().action(op.postOrder).id('one'),`;

describe('loading tenants', () => {
  it('compiles the policies of a tenant and its guardrails, with the places where they were written', () =>
    inProject({ 'acme.ts': tenant('acme', ONE) }, async ({ load }) => {
      const { tenants, problems } = await load();
      expect(problems).to.deep.equal([]);
      const [acme] = tenants;
      expect(acme).to.include({
        slug: 'acme',
        kind: 'saasTenant',
        file: 'tenants/acme.ts',
        tokenUse: 'access',
      });
      expect(acme?.policies.map(({ id, guardrail }) => [id, guardrail])).to.deep.equal([
        ['one', false],
        ['guardrail-a', true],
      ]);
      const [one, guardrail] = acme?.policies ?? [];
      expect(one?.site).to.deep.equal({ file: 'tenants/acme.ts', line: 5, column: 5 });
      expect(one?.statement).to.equal(
        'permit (\n  principal,\n  action == Shop::Action::"POST /order",\n  resource\n);',
      );
      expect(one?.sha256).to.equal(sha256Hex(one?.statement ?? ''));
      expect(one?.scopeHash).to.match(/^[0-9a-f]{16}$/);
      expect(guardrail?.statement).to.contain('principal.department == "acme"');
      expect(guardrail?.site).to.deep.equal({ file: 'tenants/shared/guardrails.ts', line: 3, column: 3 });
      expect(acme?.schema.sha256).to.equal(sha256Hex(acme?.schema.cedarJson ?? ''));
    }));

  it('gives each tenant the guardrails made for it, and sorts tenants by name', () =>
    inProject({ 'globex.ts': tenant('globex', ''), 'acme.ts': tenant('acme', '') }, async ({ load }) => {
      const { tenants } = await load();
      expect(
        tenants.map(({ slug, policies }) => [slug, policies[0]?.statement.match(/"(\w+)"/)?.[1]]),
      ).to.deep.equal([
        ['acme', 'acme'],
        ['globex', 'globex'],
      ]);
    }));

  it('accepts policies shared by choice, and prefixes the groups in them with each tenant', () =>
    inProject(
      {
        'shared/admins.ts': `import { permit } from '../../dsl/index.ts';
export const admins = [permit().principalInGroup('admins').action('POST /order').id('admins-order')];
`,
        'acme.ts': `import { admins } from './shared/admins.ts';\n${tenant('acme', '...admins,')}`,
        'globex.ts': `import { admins } from './shared/admins.ts';\n${tenant('globex', '...admins,')}`,
      },
      async ({ load }) => {
        const { tenants, problems } = await load();
        expect(problems).to.deep.equal([]);
        expect(
          tenants.map(({ policies }) => /Group::"(.*?)"/.exec(policies[0]?.statement ?? '')?.[1]),
        ).to.deep.equal(['acme|admins', 'globex|admins']);
        expect(tenants[1]?.policies[0]?.site.file).to.equal('tenants/shared/admins.ts');
      },
    ));

  it('adds the attributes of a tenant to its own schema only, and not to that of the gateway', () =>
    inProject(
      {
        'acme.ts': tenant('acme', '', `attributes: { Order: { region: 'String' } },`),
        'globex.ts': tenant('globex', ''),
      },
      async ({ load }) => {
        const { tenants } = await load();
        const [acme, globex] = tenants;
        expect(acme?.schema.cedarJson).to.contain('"region"');
        expect(globex?.schema.cedarJson).not.to.contain('"region"');
        expect(acme?.gatewaySchema).to.deep.equal(globex?.gatewaySchema);
      },
    ));

  it('lists the mistakes of all files at once, sorted by place, and then no tenant', () =>
    inProject(
      {
        'globex.ts': tenant('globex', `permit().action('GET /nothing' as never).id('x'),`),
        'acme.ts': tenant(
          'acme',
          `permit().action(op.postOrder).id('x'),
    permit().action('NO /action' as never).id('y'),
    permit().action(op.postOrder).id('x'),`,
        ),
        'initech.ts': tenant('other', ''),
      },
      async ({ load, places }) => {
        expect(await places()).to.deep.equal([
          'tenants/acme.ts:6:14 UNKNOWN_ACTION',
          'tenants/globex.ts:5:14 UNKNOWN_ACTION',
          'tenants/initech.ts:3:9 SLUG',
        ]);
        expect((await load()).tenants).to.deep.equal([]);
      },
    ));

  it('tells both places of an id that is used twice', () =>
    inProject({ 'acme.ts': tenant('acme', `${ONE}\n    ${ONE}`) }, async ({ messages }) => {
      expect(await messages()).to.match(
        /^tenants\/acme.ts:6:5 \[DUPLICATE_ID\] the id "one" is used already at tenants\/acme.ts:5:5/,
      );
    }));

  it("shows what Cedar's validator finds at the smallest expression, after other alphabets too", () =>
    inProject(
      {
        'acme.ts': tenant(
          'acme',
          `/* 日本語 äöü 😀 */ permit().action(op.getOrder).resourceIs('Order')
      .when(({ resource }) => resource.total.gt(1).and(/* ß */ (resource as any).owner.like('é')))
      .id('typed-past-the-compiler'),`,
        ),
      },
      async ({ places }) => {
        // The compiler was silenced with `as any`; the operand of `like` begins at `resource`.
        expect(await places()).to.deep.equal(['tenants/acme.ts:6:82 INVALID_POLICY']);
      },
    ));

  it('refuses a policy that no request can match, and leaves out a guardrail that the schema enforces', () =>
    inProject(
      {
        'acme.ts': tenant('acme', ONE),
        'shared/guardrails.ts': `import { guardrails } from '../../dsl/index.ts';
export default guardrails(({ forbid }) => [
  forbid().principalIs('Robot').action('POST /order' as never).id('guardrail-no-robots'),
  forbid().when(({ principal }) => principal.department.eq('x')).id('guardrail-b'),
]);
`,
      },
      async ({ load, write, places }) => {
        const { tenants } = await load();
        expect(tenants[0]?.enforcedBySchema).to.deep.equal(['guardrail-no-robots']);
        expect(tenants[0]?.policies.map(({ id }) => id)).to.deep.equal(['one', 'guardrail-b']);

        await write(
          'acme.ts',
          tenant('acme', `permit().principalIs('Robot').action('POST /order' as never).id('robots-order'),`),
        );
        expect(await places()).to.deep.equal(['tenants/acme.ts:5:5 ACTION_NEVER_APPLIES']);
      },
    ));

  it('takes a customer app for a reader of other tenants, a tenant of its own never', () =>
    inProject(
      {
        'app.ts': `import { customerApp } from '../dsl/index.ts';
export default customerApp({ slug: 'app', policies: () => [], dataTenants: ['acme', 'nobody'] });
`,
        'acme.ts': tenant('acme', '', `dataTenants: ['app'],`),
      },
      async ({ messages }) => {
        expect((await messages()).split('\n')).to.deep.equal([
          'tenants/acme.ts:2:1 [DATA_TENANTS] a saasTenant reaches its own rows only, not those of "app" — leave dataTenants out',
          'tenants/app.ts:2:1 [DATA_TENANTS] there is no tenant "nobody" — name tenants that have a file',
        ]);
      },
    ));

  it('refuses users, attributes and settings that the API does not have', () =>
    inProject(
      {
        'acme.ts': tenant(
          'acme',
          '',
          `users: { ann: { groups: ['admins', 'nobody'], attributes: { shoe: 1 } } },`,
        ),
        'globex.ts': tenant('globex', '', `attributes: { Order: { total: 'Long' }, Ordr: { a: 'Long' } },`),
        'initech.ts': tenant('initech', '', `tokenTtlSeconds: -1,`),
      },
      async ({ messages }) => {
        expect((await messages()).split('\n').map((line) => line.replace(/ — .*/, ''))).to.deep.equal([
          'tenants/acme.ts:2:1 [TEST_USER] the user "ann" has the group "nobody", which the tenant does not have',
          'tenants/acme.ts:2:1 [TEST_USER] the user "ann" has the attribute "shoe", which the tenant does not have',
          'tenants/globex.ts:2:1 [ATTRIBUTES] "total" of "Order" is there already',
          'tenants/globex.ts:2:1 [ATTRIBUTES] "Ordr" is no entity type of the API',
          'tenants/initech.ts:2:1 [MALFORMED] the file hands back what no builder makes: tokenTtlSeconds is no whole number from 0 to 3600',
        ]);
      },
    ));

  it('names the figure and the limit of what a store would refuse', () =>
    inProject(
      {
        'acme.ts': tenant(
          'acme',
          `permit().action(op.postOrder).when(({ context }) => context.reason.eq('${'x'.repeat(10_000)}')).id('long'),`,
        ),
        'globex.ts': tenant(
          'globex',
          `...Array.from({ length: 40 }, (_, i) => permit().action(op.postOrder)
      .when(({ context }) => context.reason.eq('${'y'.repeat(5_000)}' + i)).id(\`p\${i}\`)),`,
        ),
      },
      async ({ messages }) => {
        const [long, many] = (await messages()).split('\n');
        expect(long).to.match(
          /^tenants\/acme.ts:5:5 \[POLICY_TOO_LONG\] "long" has 10,1\d\d bytes, the limit is 10,000/,
        );
        expect(many).to.match(
          /^tenants\/globex.ts:2:1 \[TOO_MANY_POLICIES\] .* no single resource have 2\d\d,\d{3} bytes, the limit is 200,000/,
        );
      },
    ));

  it('refuses an integer that would be rounded on its way to a store, at its place', () =>
    inProject(
      {
        'acme.ts': tenant(
          'acme',
          `permit().action(op.postOrder).when(({ principal }) => principal.age.lt(9007199254740993n)).id('a'),`,
        ),
      },
      async ({ places }) => {
        const found = await places();
        expect(found).to.have.length(1);
        expect(found[0]).to.match(/^tenants\/acme\.ts:5:\d+ LONG_INEXACT$/);
      },
    ));

  it('refuses the id that a release has', () =>
    inProject(
      { 'acme.ts': tenant('acme', `permit().action(op.postOrder).id('release'),`) },
      async ({ places }) => {
        expect(await places()).to.deep.equal(['tenants/acme.ts:5:5 RESERVED_ID']);
      },
    ));

  it('refuses a policy that would overflow the engine, at its place', () =>
    inProject(
      {
        'acme.ts': tenant(
          'acme',
          `permit().action(op.getOrder)
      .when(({ context }) => Array.from({ length: 400 }).reduce((sum: any) => sum.plus(1), context.depth).gt(1))
      .id('deep'),`,
        ),
      },
      async ({ places }) => {
        expect(await places()).to.deep.equal(['tenants/acme.ts:5:5 POLICY_TOO_DEEP']);
      },
    ));

  it('reads only the tenants that are asked for, and knows of the others that they are there', () =>
    inProject(
      {
        'acme.ts': tenant('acme', ONE, `dataTenants: ['acme', 'globex'],`).replaceAll(
          'saasTenant',
          'customerApp',
        ),
        'globex.ts': 'this is no tenant file',
      },
      async ({ load }) => {
        const { tenants, problems } = await load({ only: new Set(['acme']) });
        expect([tenants.map(({ slug }) => slug), problems]).to.deep.equal([['acme'], []]);
        expect((await load()).problems).not.to.deep.equal([]);
      },
    ));

  it('wants guardrails', () =>
    inProject(
      { 'acme.ts': tenant('acme', ''), 'shared/guardrails.ts': `export const nothing = 1;\n` },
      async ({ places }) => {
        expect(await places()).to.deep.equal(['tenants/shared/guardrails.ts:1:1 DEFAULT_EXPORT']);
      },
    ));

  it('tells one mistake once, in the plainest words', () =>
    inProject(
      { 'acme.ts': tenant('acme', `permit().action('GET /nothing').id('x'),`) },
      async ({ places }) => {
        expect(await places({ types: true })).to.deep.equal(['tenants/acme.ts:5:21 TS2345']);
        expect(await places()).to.deep.equal(['tenants/acme.ts:5:14 UNKNOWN_ACTION']);
      },
    ));

  it('checks the types of a project anywhere, at the column that an editor shows', () =>
    inProject(
      {
        'acme.ts': tenant(
          'acme',
          `/* 日本語 äöü 😀 */ permit().action(op.postOrder).when(({ principal }) => principal.age.eq('x')).id('x'),`,
        ),
      },
      async ({ places }) => {
        expect(await places({ types: true })).to.deep.equal(['tenants/acme.ts:5:93 TS2345']);
      },
    ));
});

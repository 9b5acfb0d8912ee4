import { expect } from 'chai';
import type { Action, Model, Route } from '../../../cedar/model.ts';
import { formatProblem } from '../../../dsl/check/problem.ts';
import { model } from '../../types/model.ts';
import { inProject, tenant } from '../tenants/project.ts';

const route = (name: string): Route => {
  const [method = '', path = ''] = name.split(' ');
  const byId = { from: 'path', parameter: 'id' } as const;
  const type = model.actions[name]?.resources[0] ?? '';
  return {
    method,
    path,
    key: name,
    sensitive: method === 'POST',
    resource: { type, id: path.includes('{id}') ? byId : { from: 'backend' } },
  };
};
/** The shop, with the routes that its operations are at. */
const routed: Model = {
  ...model,
  actions: Object.fromEntries(
    Object.entries(model.actions).map(([name, action]): [string, Action] => [
      name,
      { ...action, route: route(name) },
    ]),
  ),
};

const GUARDRAILS = (policy: string): string => `import { guardrails } from '../../dsl/index.ts';
export default guardrails(({ slug, forbid }) => [${policy}]);
`;

/** What is wrong with a tenant of these policies in this mode. */
const problems = (
  policies: string,
  mode: string,
  { more = '', guardrail = '', of = routed }: { more?: string; guardrail?: string; of?: Model } = {},
): Promise<string> =>
  inProject(
    {
      'acme.ts': tenant('acme', policies, `decisionMode: '${mode}', groups: ['OWN'], ${more}`),
      'shared/guardrails.ts': GUARDRAILS(guardrail),
    },
    async ({ load }) => (await load({ model: of })).problems.map(formatProblem).join('\n'),
  );
const ONE_ORDER = `permit().action(op.getOrder).when(({ resource }) => resource.eq(entity('Order', '1'))).id('one-order'),`;
const OWN = `permit().principalInGroup('OWN').action(op.getOrder).id('own'),`;
const POST = `permit().action(op.postOrder).id('posts'),`;
const MANAGED = `permit().action(op.getOrder).principalIs('User').when(({ principal }) => principal.manager.eq(principal)).id('managed'),`;
const ADULTS = `permit().action(op.getOrder).principalIs('User').when(({ principal }) => principal.age.gte(18).and(principal.addr.city.eq('Bern'))).id('adults'),`;

describe('the decision mode of a tenant', () => {
  it('is one of those that the gateway knows', async () => {
    expect(await problems(OWN, 'guesses')).to.contain('decisionMode');
    for (const mode of ['verified-permissions', 'embedded', 'hybrid'])
      expect(await problems(OWN + ONE_ORDER + POST + MANAGED, mode), mode).to.equal('');
  });

  it('lets tokens carry only what no request could change', async () => {
    for (const mode of ['claims', 'hybrid-claims']) {
      expect(await problems(OWN + MANAGED, mode), mode).to.equal('');
      expect(await problems(ONE_ORDER, mode), mode).to.match(
        /^tenants\/acme.ts:5:5 \[MODE_CLAIMS\] policy "one-order" reads the resource or the context/,
      );
    }
  });

  it('lets no token decide what is sensitive', async () => {
    expect(await problems(POST, 'hybrid-claims')).to.equal('');
    expect(await problems(POST, 'claims')).to.match(
      /^tenants\/acme.ts:5:5 \[MODE_CLAIMS\] policy "posts" permits "POST \/order", which is sensitive.*hybrid-claims/,
    );
  });

  it('lets no token grow past what a gateway takes', async () => {
    const long = 'x'.repeat(5_000);
    const action = routed.actions['GET /order/{id}']!;
    const of = {
      ...routed,
      actions: {
        ...routed.actions,
        'GET /order/{id}': { ...action, route: { ...action.route!, key: long } },
      },
    };
    expect(await problems(OWN, 'claims', { of })).to.match(
      /\[MODE_CLAIMS\].*5,004 bytes, the limit is 4,000/,
    );
  });

  it('asks with tokens only about what tokens carry, and names the policy that reads more', async () => {
    const mode = 'verified-permissions-with-token';
    expect(await problems(OWN + ONE_ORDER + ADULTS, mode)).to.equal('');
    expect(await problems(MANAGED, mode)).to.match(
      /^tenants\/acme.ts:5:88 \[MODE_WITH_TOKEN\] policy "managed" reads principal.manager, which a token carries as text only/,
    );
    const guardrail = `forbid().principalIs('User').when(({ principal }) => principal.manager.eq(principal)).id('guardrail-own')`;
    expect(await problems(OWN, mode, { guardrail })).to.match(
      /^tenants\/shared\/guardrails.ts:2:\d+ \[MODE_WITH_TOKEN\] policy "guardrail-own"/,
    );
  });

  it('asks with no token where a context has an attribute of that name already', async () => {
    const action = routed.actions['GET /order/{id}']!;
    const context = { ...action.context, token: action.context['depth']! };
    const of = { ...routed, actions: { ...routed.actions, 'GET /order/{id}': { ...action, context } } };
    expect(await problems(OWN, 'verified-permissions-with-token', { of })).to.match(
      /\[MODE_WITH_TOKEN\] the context of "GET \/order\/{id}" has an attribute "token"/,
    );
  });

  it('goes by no claims but those that a token hook of ours wrote for people', async () => {
    const claims = ['department', 'age', 'manager', 'tags', 'friends', 'folders', 'addr'];
    const issuer = `oidcIssuer({ issuer: 'https://id.example', clients: ['app'], audience: 'shop', claims: { ${claims.map((name) => `${name}: '${name}'`).join(', ')} } })`;
    const file = (mode: string): string => `import { oidcIssuer, saasTenant } from '../dsl/index.ts';
export default saasTenant({ slug: 'acme', identity: ${issuer}, decisionMode: '${mode}', policies: () => [] });
`;
    const found = (mode: string): Promise<string> =>
      inProject({ 'acme.ts': file(mode) }, async ({ load }) =>
        (await load({ model: routed })).problems.map(formatProblem).join('\n'),
      );
    for (const mode of ['verified-permissions-with-token', 'claims', 'hybrid-claims'])
      expect(await found(mode), mode).to.contain('[DECISION_MODE]');
    expect(await found('embedded')).to.equal('');
  });
});

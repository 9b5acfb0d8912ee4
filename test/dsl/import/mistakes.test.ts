import { expect } from 'chai';
import { mistakesIn } from './importing.ts';

const SCHEMA =
  'entity User = { age: Long, nick?: String }; entity Doc; action view appliesTo { principal: User, resource: Doc };';
const permit = (when: string): string => `permit(principal, action, resource) when { ${when} };`;

describe('import, of what is not in order,', () => {
  it('tells every mistake of the text at its place', async () => {
    expect(
      await mistakesIn({ policies: `${permit('true')}\npermit(principal);\n\n  ${permit('1 +')}` }),
    ).to.deep.equal([
      'policies.cedar:2:17 [CEDAR_SYNTAX] ")" cannot stand here',
      'policies.cedar:4:50 [CEDAR_SYNTAX] "}" cannot stand here',
    ]);
  });

  it('tells what the validator says of the policies at their places', async () => {
    const policies = `${permit('principal.agee > 1')}\n${permit('\n principal.nick == "x"')}\npermit(principal is Robot, action, resource);\npermit(principal == ?principal, action, resource) when { principal.age > principal.oops };`;
    expect(await mistakesIn({ policies, schema: SCHEMA })).to.deep.equal([
      'policies.cedar:1:44 [UNKNOWN_ATTRIBUTE] attribute `agee` on entity type `User` not found',
      'policies.cedar:3:2 [UNSAFE_ACCESS] unable to guarantee safety of access to optional attribute `nick` on entity type `User`',
      'policies.cedar:4:1 [UNKNOWN_TYPE] Robot is no entity type of the schema',
      'policies.cedar:5:74 [UNKNOWN_ATTRIBUTE] attribute `oops` on entity type `User` not found',
    ]);
  });

  it('tells what no builder writes, and what cannot be printed', async () => {
    const deep = `${'!('.repeat(70)}true${')'.repeat(70)}`;
    const policies = [
      permit('[].isEmpty()'),
      'permit(principal, action in [], resource);',
      permit(deep),
    ].join('\n');
    expect(await mistakesIn({ policies })).to.deep.equal([
      'policies.cedar:1:44 [IMPORT_INEXPRESSIBLE] no builder writes an empty set, whose type nobody can tell',
      'policies.cedar:2:1 [IMPORT_INEXPRESSIBLE] no builder writes a list of no actions',
      'policies.cedar:3:1 [POLICY_TOO_DEEP] policy policy2 nests 75 levels, the limit is 60',
    ]);
  });

  it('tells what is wrong with a schema, in both forms', async () => {
    const policies = permit('true');
    expect(await mistakesIn({ policies, schema: 'entity User;\nentity Doc = { a: Foo };' })).to.deep.equal([
      'schema.cedar:2:19 [SCHEMA] failed to resolve type: Foo',
    ]);
    const [mistake] = await mistakesIn({ policies, schema: { '': { entityTypes: {} } } });
    expect(mistake).to.match(/^schema\.json:1:1 \[SCHEMA\] .*missing field `actions`/);
    const doubling = Array.from(
      { length: 30 },
      (_, i) => `type T${i} = { a: T${i + 1}, b: T${i + 1} };`,
    ).join('');
    expect(
      await mistakesIn({ policies, schema: `entity E = { a: T0 }; ${doubling} type T30 = Long;` }),
    ).to.deep.equal([
      'schema.cedar:1:1 [SCHEMA] its types have 2147483648 parts when they are written out, the limit is 100000',
    ]);
  });

  it('tells what is no policy set of JSON, at the value', async () => {
    const set = {
      staticPolicies: {
        a: 'permit(principal, action);',
        b: 'permit(principal, action, resource); permit(principal, action, resource);',
        c: { effect: 'allow' },
      },
      templates: { t: 'permit(principal == ?principal, action, resource);' },
      templateLinks: [
        { templateId: 't', newId: 'l', values: {} },
        { templateId: 'u', newId: 'm', values: {} },
        { templateId: 't', newId: 'n', values: { '?principal': { type: 'A', id: '' }, '?x': {} } },
      ],
    };
    const column = (text: string): number => JSON.stringify(set).indexOf(text) + 1;
    expect(await mistakesIn({ policies: set })).to.deep.equal([
      `policies.json:1:${column('"permit(principal, action);"')} [CEDAR_SYNTAX] ")" cannot stand here (in the text, 1:25)`,
      `policies.json:1:${column('"permit(principal, action, resource); permit')} [IMPORT_NO_POLICY_SET] "b" is not the text of one policy`,
      `policies.json:1:${column('{"effect":"allow"}')} [POLICY_UNREADABLE] the policy holds an unknown effect`,
      `policies.json:1:${column('{"templateId":"t","newId":"n"')} [IMPORT_NO_POLICY_SET] the link fills a slot that is none`,
    ]);
    const links = { templates: set.templates, templateLinks: set.templateLinks.slice(0, 2) };
    expect(await mistakesIn({ policies: links })).to.deep.equal([
      `policies.json:1:${JSON.stringify(links).indexOf('{"templateId":"t"') + 1} [IMPORT_INEXPRESSIBLE] no builder writes a link that leaves ?principal open`,
      `policies.json:1:${JSON.stringify(links).indexOf('{"templateId":"u"') + 1} [IMPORT_INEXPRESSIBLE] no builder writes a link of "u", which is no template of the file`,
    ]);
  });
});

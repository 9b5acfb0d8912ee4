import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { importCedar } from '../../../dsl/import/import.ts';
import { imported } from './importing.ts';

const photos = (name: string): string => fileURLToPath(new URL(`photos/${name}`, import.meta.url));
/** Without what the layout adds. */
const tight = (text: string): string => text.replaceAll(/\s+/g, '').replaceAll(',)', ')');

describe('import', () => {
  it('writes what a person would have written, and the vocabulary beside it', async () => {
    const { files, policies, renamed, untyped } = await importCedar({
      file: photos('policies.cedar'),
      schema: photos('photos.cedarschema'),
      out: photos('policies.ts'),
    });
    for (const [file, text] of files) expect(text).to.equal(await readFile(file, 'utf8'));
    expect([...files.keys()]).to.deep.equal([photos('policies.ts'), photos('schema.ts')]);
    expect({ policies, untyped }).to.deep.equal({ policies: 8, untyped: [] });
    expect(renamed.map(({ id, was }) => [was, id])).to.deep.equal([['Friends View', 'friends-view']]);
  });

  it('takes many namespaces, whose names stay qualified, and names that TypeScript has other uses for', async () => {
    const { source, untyped } = await imported({
      schema: `
        type Shared = { a: Long };
        entity Thing = { shared: Shared };
        namespace A {
          entity User in [B::Org] = {
            name: String, nick?: String, manager?: User, shared: Shared, sets: Set<Set<String>>, color: Color, ip: ipaddr,
            "class": Long, "__proto__": Long, "then": Bool, "has": Bool, "eq": Long, "constructor": Bool, "two words"?: Long,
            "": Long, principal: Long, set?: String, deep?: { deeper?: { deepest?: Long } },
          } tags Long;
          entity Color enum ["red", "blue"];
          action view in [B::Action::"every"] appliesTo { principal: User, resource: [B::Doc, Thing], context: { "on": Bool } };
          action "", "__proto__" appliesTo { principal: User, resource: User };
        }
        namespace B {
          entity Org;
          entity Doc in Doc { owner: A::User } tags A::User;
          action every;
          action both in every appliesTo { principal: A::User, resource: Doc };
          action within in both appliesTo { principal: A::User, resource: Doc };
        }`,
      policies: `
        permit(principal is A::User in B::Org::"o", action == A::Action::"view", resource is B::Doc)
        when { resource.owner.shared.a == 1 && principal["class"] == 1 && principal["__proto__"] == 2 && principal["then"] }
        when { principal["has"] && principal["eq"] == 3 && principal["constructor"] && principal[""] == 4 }
        when { principal has "two words" && principal["two words"] > 2 && principal.principal == 4 }
        when { principal has set && [principal.set].contains("x") && context["on"] };
        permit(principal == A::User::"", action == A::Action::"", resource == A::User::"'\\"\`\${1}\\\\\\u{202e}\\n");
        permit(principal, action == A::Action::"__proto__", resource)
        when { principal has deep.deeper.deepest && principal.deep.deeper.deepest == 3 }
        when { {"__proto__": 1, "a b": 2}["__proto__"] == 1 && principal.sets.contains(["a", "b"]) };
        forbid(principal, action in [B::Action::"every", B::Action::"within"], resource)
        when { resource is B::Doc && resource.hasTag(principal.name) && resource.getTag(principal.name).name like "x*" }
        unless { principal.color == A::Color::"red" && action in [B::Action::"both"] && action != B::Action::"within" };
        permit(principal, action in B::Action::"both", resource)
        when { resource in [B::Doc::"1", resource] && A::User::"u".name == principal.name };
        permit(principal, action == A::Action::"view", resource)
        when { if resource is Thing then resource.shared.a == -9223372036854775808 else resource.owner == principal };`,
    });
    expect(untyped).to.deep.equal([]);
    for (const written of [
      ".principalIs('A::User')",
      `.action('A::Action::"view"')`,
      ".attr('then')",
      "['two words'].has((twoWords) => twoWords.gt(2))",
      'principal.set.has((setValue) => set([setValue])',
      String.raw`entity('A::User', '\'"${'`$'}{1}\\\u{202e}\n')`,
      `.actionIn(['B::Action::"every"', 'B::Action::"within"'])`,
      `.actionInGroup('B::Action::"both"')`,
      'deeper.deepest.has((deepest) => deepest.eq(3))',
      "['__proto__']: 1",
      '-9223372036854775808n',
    ]) {
      expect(source).to.include(written);
    }
  });

  it('takes both forms of a schema, and gives the same for both', async () => {
    const policies = 'permit(principal, action, resource) when { principal.age > 17 };';
    const text = await imported({
      policies,
      schema:
        'entity User = { age: Long }; entity Doc; action view appliesTo { principal: User, resource: Doc };',
    });
    const json = await imported({
      policies,
      schema: {
        '': {
          entityTypes: {
            User: { shape: { type: 'Record', attributes: { age: { type: 'Long' } } } },
            Doc: {},
          },
          actions: { view: { appliesTo: { principalTypes: ['User'], resourceTypes: ['Doc'] } } },
        },
      },
    });
    const [, fromText] = [...text.files.values()];
    const [, fromJson] = [...json.files.values()];
    expect(json.source).to.equal(text.source);
    expect(fromJson?.replace('schema.json', 'schema.cedar')).to.equal(fromText);
  });

  it('takes a policy set of JSON: integers past 2^53, texts, templates and links', async () => {
    const all = { principal: { op: 'All' }, action: { op: 'All' }, resource: { op: 'All' } };
    const inexact = {
      '==': { left: { '.': { left: { Var: 'principal' }, attr: 'n' } }, right: { Value: '<n>' } },
    };
    const set = {
      staticPolicies: {
        'Policy 1': { effect: 'permit', ...all, conditions: [{ kind: 'when', body: inexact }] },
        text: '// why\n@a("b") forbid(principal == User::"u", action, resource);',
      },
      templates: {
        share:
          'permit(principal == ?principal, action == Action::"view", resource in ?resource) when { resource.open };',
      },
      templateLinks: [
        {
          templateId: 'share',
          newId: 'share one',
          values: {
            '?principal': { __entity: { type: 'User', id: 'a' } },
            '?resource': { type: 'Doc', id: '1' },
          },
        },
      ],
    };
    const { source, policies, renamed } = await imported({
      policies: JSON.stringify(set).replace('"<n>"', '9007199254740993'),
      schema:
        'entity User = { n: Long }; entity Doc in Doc = { open: Bool }; action view appliesTo { principal: User, resource: Doc };',
    });
    expect(policies).to.equal(4);
    expect(renamed.map(({ id, was }) => [was, id])).to.deep.equal([
      ['Policy 1', 'policy-1'],
      ['share one', 'share-one'],
    ]);
    expect(source).to.include(
      "link(share, 'share-one', { principal: entity('User', 'a'), resource: entity('Doc', '1') })",
    );
    expect(source).to.include('principal.n.eq(9007199254740993n)');
    expect(source).to.match(/\/\/ why\n\s*forbid\(\)/);
  });

  it('writes names alone where no schema says more', async () => {
    const { source, files } = await imported({
      policies: `permit(principal in Team::"a", action == Action::"view", resource is Doc)
        when { principal has nick && principal.nick == "x" && context.ip.isInRange(ip("10.0.0.0/8")) };
        permit(principal, action, resource) when { resource.hasTag("t") && resource.getTag("t").contains(principal.x.y) };`,
    });
    expect(source).to.include("principal.has('nick').and(principal.nick.eq('x')");
    expect([...files.values()][1]).to.include('entityTypes: { Doc: {}, Team: {} }');
    const nothing = await imported({
      policies: 'permit(principal, action == Action::"a", resource) when { principal.a };',
    });
    expect(nothing.source).to.include('permit()');
  });

  it('writes a policy that TypeScript cannot follow without types, and says so', async () => {
    const { source, untyped } = await imported({
      policies: `permit(principal, action == Action::"view", resource);
        // Reports came later.
        permit(principal, action == Action::"view", resource)
        when { resource is Doc && resource.open || resource is Report && resource.final };`,
      schema: `entity User; entity Doc = { open: Bool }; entity Report = { final: Bool };
        action view appliesTo { principal: User, resource: Doc }; action read appliesTo { principal: User, resource: Report };`,
    });
    expect(source).to.match(
      /\/\/ The types refuse this one.*\n\s*\/\/ Reports came later\.\n\s*untyped\n?\s*\.permit\(\)/,
    );
    expect(source).to.match(/^ {2}permit\(\)\.action\('view'\)/m);
    expect(untyped.map(({ site, code }) => [site?.line, code])).to.deep.equal([[3, 'IMPORT_MISTYPED']]);
  });

  it('takes the action wherever Cedar takes it, alone and between namespaces', async () => {
    const policies = [
      'Action::"view" == action || action is Action && action == Action::"write"',
      'action is Action in [Action::"read", action] || Action::"view" in action',
      '[Action::"view", action].contains(action) && {a: action}.a != Action::"edit"',
      '(if principal.age > 1 then action else Action::"view") in [Action::"read", Action::"edit"]',
      '!(action has x) || action.hasTag("x") || principal == action || action in Doc::"d" || action is Doc',
    ].map((condition) => `forbid(principal, action, resource) when { ${condition} };`);
    const schema = (head: string, foot: string): string =>
      `${head} entity User = { age: Long }; entity Doc; action read, write; action view in read appliesTo { principal: User, resource: Doc }; action edit in [read, write] appliesTo { principal: User, resource: Doc }; ${foot}`;
    const { source, untyped } = await imported({ policies: policies.join('\n'), schema: schema('', '') });
    for (const written of [
      "actionEntity('view').eq(action).or(action.is('Action').and(action.eq(actionEntity('write')))",
      "action.isIn('Action', ['read', action]).or(actionEntity('view').in(action))",
      "set([actionEntity('view'), action]).contains(action)",
      "record({ a: action }).a.ne('edit')",
      ".ifElse(action, actionEntity('view')).in(['read', 'edit'])",
      "untyped.entity('Doc', 'd')",
    ]) {
      expect(tight(source)).to.contain(tight(written));
    }
    expect(untyped).to.have.lengthOf(1);
    const apart = await imported({
      policies: policies.join('\n').replaceAll('Action', 'N::Action').replaceAll('Doc', 'N::Doc'),
      schema: schema('entity Other; namespace N {', '}'),
    });
    expect(tight(apart.source)).to.contain(`actionEntity('N::Action::"view"').eq(action)`);
    const nameless = await imported({ policies: policies.join('\n') });
    expect(nameless.policies).to.equal(policies.length);
  });

  it('marks what no request can have, so that a list with it is told apart from one that fits', async () => {
    const { files, untyped } = await imported({
      schema:
        'entity User; entity Doc; action view appliesTo { principal: User, resource: Doc }; action lost;',
      policies: 'permit(principal, action in [Action::"view", Action::"lost"], resource);',
    });
    const [, schema = ''] = files.values();
    expect(schema).to.include(
      "lost: { principal: never; resource: never; context: 'Nothing'; impossible: true };",
    );
    expect(untyped.map(({ message }) => message).join()).to.match(/"lost", "never has principal", "User"/);
  });

  it('keeps every comment, wherever it stands', async () => {
    const words = `@id("a") permit ( principal is User , action in [ Action::"view" , Action::"edit" ] , resource )
      when { ( principal . level + 1 > 3 || [ 1 , 2 ] . contains ( principal . level ) ) && principal has nick
        && principal . nick like "a*" && { a : 1 } . a == 1 } unless { if resource . open then false else true } ;`;
    const gaps = words.split(/\s+/);
    const policies = gaps.map((word, i) => `${word} // c${i}.\n // d${i}.\n`).join('');
    const { source } = await imported({
      policies,
      schema: `entity User = { level: Long, nick?: String }; entity Doc = { open: Bool };
        action view, edit appliesTo { principal: User, resource: Doc };`,
    });
    const kept = [...source.matchAll(/\/\/ ([cd]\d+)\.$/gm)].map(([, name]) => name);
    expect(kept).to.have.lengthOf(2 * gaps.length);
    expect(new Set(kept)).to.deep.equal(new Set(gaps.flatMap((_, i) => [`c${i}`, `d${i}`])));
  });

  it('lets nothing that a text says become code', async () => {
    const evil = '*/ */ process.exit(1); // @ts-nocheck';
    const { source } = await imported({
      policies: [
        '// @ts-nocheck',
        '/// <reference path="/etc/passwd" />',
        '// eslint-disable',
        '// \u2028process.exit(1)',
        '//# sourceMappingURL=x',
        `@id("'); process.exit(1); ('") @why("\\u{2028}${evil} \${process.exit(1)} \`")`,
        `permit(principal == User::"${evil}", action == Action::"', resource", resource) when { principal["${evil}"] == "${evil}" };`,
      ].join('\n'),
      schema: `@doc("${evil}") entity User = { @doc("${evil}") "${evil}": String }; entity Doc;
        @doc("${evil}") action "', resource" appliesTo { principal: User, resource: Doc };`,
    });
    for (const line of source.split('\n')) {
      expect(line, line).not.to.match(/^\s*(\/\/\/|\/\/ ?(@ts|eslint)|\/\/#)/);
      expect(line, line).not.to.match(/^\s*process/);
    }
    expect(source).not.to.match(/[\u2028\u202e]/);
  });
});

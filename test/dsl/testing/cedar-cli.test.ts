import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CedarFiles, runCedarTests } from '../../../dsl/testing/cedar-cli/run.ts';
import { statementsOf } from '../../../dsl/testing/cedar-cli/statements.ts';

/** `ok`, or the outcome with its message. */
const outcomes = async (files: CedarFiles): Promise<string[]> =>
  (await runCedarTests(files)).map(({ outcome, message }) => (message ? `${outcome}: ${message}` : outcome));

describe('running the tests of the Cedar command line', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-cedar-'));
  });
  after(() => rm(folder, { recursive: true }));

  const write = async (name: string, content: unknown): Promise<string> => {
    const file = path.join(folder, name);
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };

  /** Readers borrow books that are not too hard for them; nobody above a limit may. */
  const lending = async () => ({
    policies: await write(
      'lending.cedar',
      `@id("able") permit (principal, action == Action::"borrow", resource) when { principal.level >= resource.level };
@id("sum") forbid (principal, action == Action::"borrow", resource) when { principal.level + resource.level >= 90 };
`,
    ),
    schema: await write(
      'lending.cedarschema',
      `entity Club;
entity Reader in [Club] { level: Long };
entity Book { level: Long };
action borrow appliesTo { principal: [Reader], resource: [Book] };
`,
    ),
  });
  const reader = (id: string, attrs: object = { level: 3 }): object => ({
    uid: { type: 'Reader', id },
    attrs,
    parents: [{ type: 'Club', id: 'monday' }],
  });
  const book = (level: unknown = 2): object => ({
    uid: { type: 'Book', id: 'b' },
    attrs: { level },
    parents: [],
  });
  const borrows = (more: object = {}): object => ({
    request: { principal: 'Reader::"ann"', action: 'Action::"borrow"', resource: 'Book::"b"', context: {} },
    entities: [reader('ann'), book()],
    decision: 'allow',
    reason: ['able'],
    num_errors: 0,
    ...more,
  });

  it('reads entities from a file beside the tests', async () => {
    await write('entities.json', [reader('ann'), reader('bob', { level: 1 }), book()]);
    const bob = {
      principal: 'Reader::"bob"',
      action: 'Action::"borrow"',
      resource: 'Book::"b"',
      context: {},
    };
    const tests = await write('beside.json', [
      borrows({ entities: 'entities.json' }),
      borrows({ name: 'too hard', entities: 'entities.json', request: bob, decision: 'deny', reason: [] }),
    ]);
    const files = { ...(await lending()), tests };
    expect(await outcomes(files)).to.deep.equal(['ok', 'ok']);
    const [, named] = await runCedarTests(files);
    expect(named?.name).to.equal('too hard');
  });

  it('holds entities against a schema, where one is given', async () => {
    const tests = await write('extra.json', [
      borrows({ entities: [reader('ann', { level: 3, age: 18 }), book()] }),
    ]);
    const { policies, schema } = await lending();
    expect(await outcomes({ tests, policies })).to.deep.equal(['ok']);
    const [result] = await outcomes({ tests, policies, schema });
    expect(result).to.match(/^error: .*attribute `age` on `Reader::"ann"` should not exist/);
  });

  it('says which policies did not decide that should have', async () => {
    const tests = await write('reasons.json', [borrows({ reason: ['able', 'another'] }), borrows()]);
    expect(await outcomes({ tests, ...(await lending()) })).to.deep.equal([
      'fail: missing reason(s): `another`',
      'ok',
    ]);
  });

  it('counts the policies that err', async () => {
    const tests = await write('errors.json', [borrows({ num_errors: 1 })]);
    expect(await outcomes({ tests, ...(await lending()) })).to.deep.equal([
      'fail: expected 1 error(s), but got 0',
    ]);
  });

  it('goes on after a test that is none, and says what is missing', async () => {
    const without = (key: string): object =>
      Object.fromEntries(Object.entries(borrows()).filter(([each]) => each !== key));
    const tests = await write('forms.json', [
      without('request'),
      without('num_errors'),
      without('decision'),
      borrows(),
    ]);
    expect(await outcomes({ tests, ...(await lending()) })).to.deep.equal([
      'error: request is missing or is not an object',
      'error: num_errors is missing or is not a count',
      'error: decision is missing or is not "allow" or "deny"',
      'ok',
    ]);
  });

  it('takes integers of 64 bits exactly, and ids from annotations', async () => {
    const most = '9223372036854775807';
    const text = JSON.stringify([borrows({ entities: [reader('ann', { level: 'MOST' }), book('MOST')] })]);
    const tests = await write('large.json', text.replaceAll('"MOST"', most));
    const [result, ...others] = await outcomes({ tests, ...(await lending()) });
    expect(others).to.deep.equal([]);
    expect(result).to.match(/^fail: expected 0 error\(s\), but got 1: sum: .*integer overflow/);
  });

  it('fails every test of policies that a schema, also in JSON, does not allow', async () => {
    const level = { type: 'Record', attributes: { level: { type: 'Long' } } };
    const json = {
      '': {
        entityTypes: { Reader: { shape: level }, Book: { shape: level } },
        actions: { borrow: { appliesTo: { principalTypes: ['Reader'], resourceTypes: ['Book'] } } },
      },
    };
    const schema = { schema: await write('lending.json', json), schemaFormat: 'json' as const };
    const alone = { uid: { type: 'Reader', id: 'ann' }, attrs: { level: 3 }, parents: [] };
    const one = borrows({ entities: [alone, book()], decision: 'deny', reason: [] });
    const tests = await write('one.json', [one]);
    const unknown = await write('unknown.cedar', 'permit (principal, action == Action::"lend", resource);');
    const [invalid] = await outcomes({ tests, policies: unknown, ...schema });
    expect(invalid).to.match(/^error: invalid policies: .*unrecognized action/);
    const { policies } = await lending();
    expect(await outcomes({ tests, policies, ...schema })).to.deep.equal(['fail: expected deny, got allow']);
    const request = { principal: 'Reader::"ann"', action: 'Action::"borrow"', resource: 'Meal::"Spätzle"' };
    const other = await write('meal.json', [borrows({ request: { ...request, context: {} }, entities: [] })]);
    const [meal] = await outcomes({ tests: other, policies, ...schema });
    expect(meal).to.match(/^error: .*Meal/);
  });

  describe('in whatever form they are', () => {
    const test = (more: object = {}): object => ({
      request: { principal: 'User::"a\\"b"', action: 'Action::"view"', resource: 'Photo::"p"', context: {} },
      entities: [],
      decision: 'allow',
      reason: [],
      num_errors: 0,
      ...more,
    });

    it('links templates, and numbers policies by their place among policies and templates', async () => {
      const policies = await write(
        'policies.cedar',
        '// a; b\npermit(principal == ?principal, action, resource);\nforbid(principal, action, resource) when { context has ";" };\n',
      );
      const links = [{ template_id: 'policy0', link_id: 'linked', args: { '?principal': 'User::"a\\"b"' } }];
      const files = { policies, templateLinked: await write('links.json', links) };
      const linked = await write('linked.json', [test({ reason: ['linked'] })]);
      expect(await outcomes({ ...files, tests: linked })).to.deep.equal(['ok']);
      const context = {
        principal: 'User::"a\\"b"',
        action: 'Action::"v"',
        resource: 'P::"p"',
        context: { ';': 1 },
      };
      const denied = await write('denied.json', [
        test({ request: context, decision: 'deny', reason: ['policy1'] }),
      ]);
      expect(await outcomes({ ...files, tests: denied })).to.deep.equal(['ok']);
    });

    it('reads policies in JSON, a set or a single one', async () => {
      const policy = {
        effect: 'permit',
        principal: { op: 'All' },
        action: { op: 'All' },
        resource: { op: 'All' },
        conditions: [],
      };
      const tests = await write('tests.json', [
        test({ reason: ['JSON policy'] }),
        test({ reason: ['mine'] }),
      ]);
      const lone = { policies: await write('lone.json', policy), policyFormat: 'json' as const };
      expect(await outcomes({ tests, ...lone })).to.deep.equal(['ok', 'fail: missing reason(s): `mine`']);
      const set = {
        policies: await write('set.json', { staticPolicies: { mine: policy } }),
        policyFormat: 'json' as const,
      };
      expect(await outcomes({ tests, ...set })).to.deep.equal([
        'fail: missing reason(s): `JSON policy`',
        'ok',
      ]);
    });

    it('takes any text for an id, and refuses integers of JSON policies that would be rounded', async () => {
      const policies = await write('proto.cedar', '@id("__proto__") forbid(principal, action, resource);');
      const tests = await write('proto.json', [test({ decision: 'deny', reason: ['__proto__'] })]);
      expect(await outcomes({ tests, policies })).to.deep.equal(['ok']);
      const big =
        '{"staticPolicies":{"a":{"effect":"permit","annotations":{"n":"9223372036854775807"},"conditions":[9223372036854775807]}}}';
      const json = { tests, policies: await write('big.json', big), policyFormat: 'json' as const };
      expect(await outcomes(json).catch(String)).to.include('integers past 2^53');
      const small = {
        ...json,
        policies: await write('small.json', big.replace('[9223372036854775807]', '[]')),
      };
      expect(await outcomes(small).catch(String)).not.to.include('integers');
    });

    it('reads no entities from outside of the folder', async () => {
      const tests = await write('outside.json', [
        test({ entities: '../../etc/hostname' }),
        test({ entities: 'none.json' }),
      ]);
      const policies = await write('any.cedar', 'permit(principal, action, resource);');
      const [outside, none] = await outcomes({ tests, policies });
      expect(outside).to.equal('error: ../../etc/hostname is outside of the folder of the tests');
      expect(none).to.match(/none\.json cannot be read \(ENOENT\)/);
    });

    it('says which file is wrong when there is nothing to run', async () => {
      const tests = await write('some.json', [test()]);
      const policies = await write('some.cedar', 'permit(principal, action, resource);');
      const failure = async (files: Partial<CedarFiles>): Promise<string> =>
        runCedarTests({ tests, policies, ...files }).then(
          () => 'nothing',
          (error: unknown) => String(error),
        );
      const none = path.join(folder, 'nowhere');
      expect(await failure({ tests: none })).to.match(/nowhere cannot be read/);
      expect(await failure({ tests: await write('object.json', { a: 1 }) })).to.match(
        /object\.json: the tests are no list/,
      );
      expect(await failure({ tests: await write('broken.json', '[') })).to.match(/broken\.json: /);
      expect(await failure({ policies: await write('broken.cedar', 'permit(principal, action);') })).to.match(
        /broken\.cedar: policy 0/,
      );
      expect(
        await failure({
          policies: await write('twice.cedar', '@id("x") permit(principal,action,resource);'.repeat(2)),
        }),
      ).to.match(/two policies "x"/);
      expect(await failure({ schema: await write('broken.cedarschema', 'entity') })).to.match(
        /the schema does not parse/,
      );
      expect(await failure({ templateLinked: await write('links2.json', [{ template_id: 'x' }]) })).to.match(
        /links2\.json: a link/,
      );
    });
  });

  it('splits a text at the ends of its statements only', () => {
    const statements = [
      '// one; "two\npermit(principal, action, resource) when { "a;\\";" == "/" };',
      '\nforbid(principal, action, resource);',
    ];
    expect(statementsOf(`${statements.join('')}\n// the end;`)).to.deep.equal(statements);
    expect(statementsOf('permit(principal, action, resource)')).to.have.length(1);
  });
});

import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CedarFiles, runCedarTests } from '../../../dsl/testing/cedar-cli/run.ts';
import { statementsOf } from '../../../dsl/testing/cedar-cli/statements.ts';

const sample = (file: string): string => fileURLToPath(new URL(`cedar-samples/${file}`, import.meta.url));

/** `ok`, or the outcome with its message. */
const outcomes = async (files: CedarFiles): Promise<string[]> =>
  (await runCedarTests(files)).map(({ outcome, message }) => (message ? `${outcome}: ${message}` : outcome));

describe('running the tests of the Cedar command line', () => {
  const one = { policies: sample('sample1/policy.cedar'), schema: sample('sample1/schema.cedarschema') };

  it('reads entities from a file beside the tests', async () => {
    const tests = sample('sample1/tests-external-entities.json');
    expect(await outcomes({ tests, policies: one.policies })).to.deep.equal(['ok', 'ok']);
    const [, named] = await runCedarTests({ tests, policies: one.policies });
    expect(named?.name).to.equal('test with external entities - deny case');
  });

  it('holds entities against a schema, where one is given', async () => {
    const [result] = await outcomes({ tests: sample('sample1/tests-external-entities.json'), ...one });
    expect(result).to.match(/^error: .*attribute `age` on `User::"alice"` should not exist/);
  });

  it('says which policies did not decide that should have', async () => {
    expect(await outcomes({ tests: sample('sample1/tests-missing-reason.json'), ...one })).to.deep.equal([
      'fail: missing reason(s): `missing-policy`',
      'ok',
      'ok',
    ]);
  });

  it('counts the policies that err', async () => {
    expect(await outcomes({ tests: sample('sample1/tests-missing-error.json'), ...one })).to.deep.equal([
      'fail: expected 1 error(s), but got 0',
    ]);
  });

  it('goes on after a test that is none, and says what is missing', async () => {
    expect(await outcomes({ tests: sample('sample1/tests-format-error.json'), ...one })).to.deep.equal([
      'error: request is missing or is not an object',
      'error: num_errors is missing or is not a count',
      'error: decision is missing or is not "allow" or "deny"',
    ]);
  });

  it('takes integers of 64 bits exactly, and ids from annotations', async () => {
    const results = await outcomes({
      tests: sample('sample10/tests-error.json'),
      policies: sample('sample10/policy.cedar'),
      schema: sample('sample10/schema.cedarschema'),
    });
    expect(results).to.have.length(1);
    expect(results[0]).to.match(
      /^fail: expected 0 error\(s\), but got 1: not-too-hungry: .*integer overflow/,
    );
  });

  it('fails every test of policies that a schema, also in JSON, does not allow', async () => {
    const schema = { schema: sample('sample11/schema.cedarschema.json'), schemaFormat: 'json' as const };
    const tests = sample('sample11/test-policy-error.json');
    const [invalid] = await outcomes({ tests, policies: sample('sample11/invalid_policy.cedar'), ...schema });
    expect(invalid).to.match(/^error: invalid policies: .*unrecognized action/);
    const valid = sample('sample11/valid_policy.cedar');
    expect(await outcomes({ tests, policies: valid, ...schema })).to.deep.equal([
      'fail: expected deny, got allow',
    ]);
    const [meal] = await outcomes({
      tests: sample('sample11/test-schema-error.json'),
      policies: valid,
      ...schema,
    });
    expect(meal).to.match(/^error: .*Meal/);
  });

  describe('of files that were written for it', () => {
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

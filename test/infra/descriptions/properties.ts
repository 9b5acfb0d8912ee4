import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { nameProblems } from '../../../infra/name-prefix.ts';
import type { Registration } from '../record.ts';
import { type Inputs, violations } from './check.ts';
import { recordEverything } from './recording.ts';
import { DESCRIBED } from './resources.ts';
import { TABLE } from './table.ts';

const wrongs = ({ type, name, inputs }: Registration): string[] =>
  violations(inputs, DESCRIBED[type] ?? { by: [type] }, TABLE).map((wrong) => `${type} ${name}: ${wrong}`);

describe('what the program sets, by the services’ own descriptions', function () {
  this.timeout(60_000);
  let registrations: readonly Registration[];
  before(async () => {
    ({ registrations } = await recordEverything());
  });

  it('is all described, within every limit, and complete', () => {
    expect(registrations.flatMap(wrongs)).to.deep.equal([]);
  });

  it('stays within them with the longest names that a stack and a tenant may have', () => {
    const stack = longest((name) => nameProblems({ project: 'cedarwright', stack: name }).length === 0);
    const slug = 'a'.repeat(31);
    const text = JSON.stringify(registrations);
    expect(text).to.include('cedarwright-test-').and.to.include('acme');
    const renamed: Registration[] = JSON.parse(
      text.replaceAll('cedarwright-test-', `cedarwright-${stack}-`).replaceAll('acme', slug),
    );
    expect(renamed.flatMap(wrongs)).to.deep.equal([]);
    const tooLong: Registration[] = JSON.parse(
      text.replaceAll('cedarwright-test-', `cedarwright-${stack}s-`),
    );
    expect(tooLong.flatMap(wrongs)).not.to.deep.equal([]);
  });

  it('is recorded of every type that is described, each kind of tenant and gateway among them', () => {
    const types = new Set(registrations.map(({ type }) => type));
    expect([...types]).to.have.members(Object.keys(DESCRIBED));
  });

  it('has exceptions that are needed', () => {
    for (const [type, { without = {}, names = {} }] of Object.entries(DESCRIBED)) {
      const paths = new Set(
        registrations.filter((one) => one.type === type).flatMap(({ inputs }) => pathsOf(inputs)),
      );
      for (const path of [...Object.keys(without), ...Object.keys(names)])
        expect(paths.has(path), `${type} ${path}`).to.equal(true);
    }
  });

  it('names the key of an item as the table does', () => {
    const of = (type: string) => registrations.filter((one) => one.type === type).map(({ inputs }) => inputs);
    const keys = of('aws:dynamodb/table:Table').map(({ name, hashKey, rangeKey }) => ({
      name,
      hashKey,
      rangeKey,
    }));
    for (const { tableName, hashKey, rangeKey, item } of of('aws:dynamodb/tableItem:TableItem')) {
      expect(keys).to.deep.include({ name: tableName, hashKey, rangeKey });
      expect(JSON.parse(String(item))).to.include.keys(String(hashKey), String(rangeKey));
    }
  });

  it('is compared with the packages that the table can be condensed from again', async () => {
    const packages = new URL('../../../tools/descriptions/requirements.txt', import.meta.url);
    expect(TABLE.sources).to.deep.equal((await readFile(packages, 'utf8')).trim().split('\n'));
  });

  describe('would show', () => {
    const planted: readonly (readonly [string, string, string, unknown, RegExp])[] = [
      [
        'a word that an enumeration lacks',
        'aws:lambda/function:Function',
        'runtime',
        'nodejs4.4',
        /^runtime is none of/,
      ],
      [
        'a number above its maximum',
        'aws:lambda/eventSourceMapping:EventSourceMapping',
        'batchSize',
        10_001,
        /^batchSize has 10001, at most 10000/,
      ],
      [
        'a number below its minimum',
        'aws:lambda/function:Function',
        'memorySize',
        64,
        /^memorySize has 64, at least 128/,
      ],
      ['text that is too long', 'aws:iam/role:Role', 'name', 'r'.repeat(65), /^name has 65, at most 64/],
      ['text in another form', 'aws:iam/role:Role', 'name', 'a role', /^name does not match/],
      ['a value of another type', 'aws:sqs/queue:Queue', 'visibilityTimeoutSeconds', '1800', /is no integer/],
      [
        'a list that is too long',
        'aws:lambda/function:Function',
        'architectures',
        ['arm64', 'x86_64'],
        /^architectures has 2, at most 1/,
      ],
      [
        'a retention that CloudWatch does not have',
        'aws:cloudwatch/logGroup:LogGroup',
        'retentionInDays',
        91,
        /is none of/,
      ],
      [
        'what is missing',
        'aws:cognito/userPoolDomain:UserPoolDomain',
        'userPoolId',
        undefined,
        /^lacks UserPoolId/,
      ],
      [
        'what is missing inside',
        'aws:cognito/userPool:UserPool',
        'lambdaConfig.preTokenGenerationConfig.lambdaArn',
        undefined,
        /lacks LambdaArn/,
      ],
      [
        'a limit in a list of objects',
        'aws:cognito/resourceServer:ResourceServer',
        'scopes.0.scopeName',
        'a/b',
        /^scopes\[0\]\.scopeName does not match/,
      ],
      [
        'a property that nobody describes',
        'aws:dynamodb/table:Table',
        'replicaSet',
        [{}],
        /^replicaSet is described nowhere/,
      ],
      [
        'one inside another',
        'aws:verifiedpermissions/policyStore:PolicyStore',
        'validationSettings.level',
        3,
        /^validationSettings\.level is described nowhere/,
      ],
      [
        'a wrong value where another name stands for it',
        'aws:dynamodb/table:Table',
        'streamViewType',
        'EVERYTHING',
        /^streamViewType is none of/,
      ],
      [
        'a wrong type in an item',
        'aws:dynamodb/tableItem:TableItem',
        'item',
        '{"pk":{"S":1}}',
        /^item\.pk\.S is no text/,
      ],
      [
        'a tag that is too long',
        'aws:verifiedpermissions/policyStore:PolicyStore',
        'tags',
        { t: 'v'.repeat(257) },
        /at most 256/,
      ],
      ['an authorizer that no API has', 'rest/authorizer', 'type', 'lambda', /^type is none of/],
      ['an integration that no API has', 'http/integration', 'type', 'https_proxy', /^type is none of/],
      [
        'a refusal that no gateway knows',
        'rest/gateway-response',
        'responseType',
        'DEFAULT_2XX',
        /^responseType is none of/,
      ],
    ];
    for (const [what, type, path, value, expected] of planted)
      it(what, () => {
        const one = registrations.find((registration) => registration.type === type);
        expect(wrongs({ type, name: '', inputs: one!.inputs })).to.deep.equal([]);
        const found = violations(changed(one!.inputs, path.split('.'), value), DESCRIBED[type]!, TABLE);
        expect(
          found.some((text) => expected.test(text)),
          found.join('; '),
        ).to.equal(true);
      });
  });
});

function longest(accepts: (name: string) => boolean): string {
  let name = 's';
  while (accepts(`${name}s`)) name += 's';
  return name;
}

function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => pathsOf(one, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => {
    const inner = path === '' ? name : `${path}.${name}`;
    return [inner, ...pathsOf(child, inner)];
  });
}

function changed(inputs: unknown, [name = '', ...rest]: readonly string[], value: unknown): Inputs {
  const copy: Record<string, unknown> = { ...Object(structuredClone(inputs)) };
  const child = copy[name];
  if (rest.length === 0) copy[name] = value;
  else if (Array.isArray(child))
    copy[name] = child.map((one: unknown, index) =>
      index === Number(rest[0]) ? changed(one, rest.slice(1), value) : one,
    );
  else copy[name] = changed(child, rest, value);
  if (copy[name] === undefined) delete copy[name];
  return copy;
}

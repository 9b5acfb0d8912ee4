import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { nameProblems } from '../../../infra/name-prefix.ts';
import type { Registration } from '../record.ts';
import { type Inputs, violations } from './check.ts';
import { recordEverything } from './recording.ts';
import { PLANTED } from './planted.ts';
import { PROSE } from './prose.ts';
import { DESCRIBED } from './resources.ts';
import { TABLE } from './table.ts';

const wrongs = (one: Registration): string[] =>
  violations(one, TABLE).map((wrong) => `${one.type} ${one.name}: ${wrong}`);

describe('what the program sets, by the services’ own descriptions', function () {
  this.timeout(60_000);
  let registrations: readonly Registration[];
  before(async () => {
    ({ registrations } = await recordEverything());
  });

  it('is all described, within every limit, and complete', () => {
    const hint = 'what is new may only be missing in the table: tools/descriptions/condense.ts';
    expect(registrations.flatMap(wrongs), hint).to.deep.equal([]);
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

  it('has limits in words only of what is recorded', () => {
    expect(Object.keys(DESCRIBED)).to.include.members(Object.keys(PROSE));
  });

  it('gives a function no more variables than it may have', () => {
    for (const { type, inputs } of registrations) {
      if (type !== 'aws:lambda/function:Function') continue;
      const variables = Object.entries(Object(inputs['environment']).variables);
      // 4 KB of names and values together (Lambda Developer Guide, quotas), three quarters of which are to spare.
      const size = variables.reduce((sum, pair) => sum + pair.join('').length, 0);
      expect(size).to.be.within(1, 1024);
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
    for (const [what, type, path, value, expected] of PLANTED)
      it(what, () => {
        const one = registrations.find((registration) => registration.type === type);
        expect(wrongs({ type, name: '', inputs: one!.inputs })).to.deep.equal([]);
        const found = violations({ type, inputs: changed(one!.inputs, path.split('.'), value) }, TABLE);
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

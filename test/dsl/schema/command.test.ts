import { mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { schemaCommand } from '../../../dsl/schema/command.ts';
import { documentOf } from './document.ts';

const FILES = [
  'schema.ts',
  'schema.cedarschema',
  'schema.json',
  'gateway.json',
  'model.json',
  'model.d.json.ts',
];
const paths = (...names: string[]): string =>
  `paths:\n${names.map((name) => `  ${name}: { get: { responses: { '200': { description: fine } } } }`).join('\n')}`;

describe('npm run schema', () => {
  let folder: string;
  let api: string;
  let out: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'schema-test-'));
    api = path.join(folder, 'api.yaml');
    out = path.join(folder, 'generated');
    writeFileSync(api, documentOf({ paths: paths('/a', '/b') }));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const run = async (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
    const written = { stdout: '', stderr: '' };
    const collect = (name: keyof typeof written) => ({
      write: (text: string) => void (written[name] += text),
    });
    const output = { stdout: collect('stdout'), stderr: collect('stderr') };
    return { code: await schemaCommand(['--api', api, '--out', out, ...args], output), ...written };
  };
  const contents = (): string[] => FILES.map((name) => readFileSync(path.join(out, name), 'utf8'));

  it('writes all files, and the same ones again', async () => {
    expect((await run()).code).to.equal(0);
    const first = contents();
    await run();
    expect(contents()).to.deep.equal(first);
    expect(await run('--check')).to.deep.include({ code: 0, stderr: '' });
  });

  it('--check names the operations that are new, changed or gone, and the files', async () => {
    await run();
    writeFileSync(
      api,
      documentOf({
        paths: `${paths('/a').replace('get: {', 'get: { x-authz: { sensitive: true },')}\n  /c: { get: { responses: { '200': { description: fine } } } }`,
      }),
    );
    const before = contents();
    const { code, stdout, stderr } = await run('--check');
    expect(code).to.equal(1);
    expect(stdout).to.equal('');
    expect(stderr).to.match(/api\.yaml:\d+:\d+ \[STALE\] "GET \/a" has changed/);
    expect(stderr).to.match(/api\.yaml:\d+:\d+ \[STALE\] "GET \/c" is new/);
    expect(stderr).to.match(/^\[STALE\] "GET \/b" is gone/m);
    expect(stderr).to.match(/schema\.ts:\d+:1 \[STALE\] .* — run npm run schema/);
    expect(contents()).to.deep.equal(before);
  });

  it('--check notices a file that was edited by hand, and one that is missing', async () => {
    await run();
    const file = path.join(out, 'schema.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replace('export type Parents', '\nexport type Parents'));
    unlinkSync(path.join(out, 'gateway.json'));
    const { code, stderr } = await run('--check');
    expect(code).to.equal(1);
    expect(stderr.trim().split('\n')).to.have.lengthOf(2);
    expect(stderr).to.match(/gateway\.json is missing/);
  });

  it('writes nothing for a document with problems', async () => {
    writeFileSync(api, documentOf({ paths: paths('/a/{id}') }));
    mkdirSync(out);
    const { code, stderr } = await run();
    expect(code).to.equal(1);
    expect(stderr).to.match(/api\.yaml:\d+:\d+ \[UNDECLARED_PARAMETER\] .* — /);
    expect(() => contents()).to.throw(/ENOENT/);
  });

  it('explains itself, and refuses what it does not know', async () => {
    expect(await run('--help')).to.deep.include({ code: 0, stderr: '' });
    const { code, stderr } = await run('--chek');
    expect(code).to.equal(2);
    expect(stderr).to.match(/^usage: npm run schema/);
  });
});

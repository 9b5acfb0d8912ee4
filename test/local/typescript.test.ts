import { expect } from 'chai';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { OWN_TYPESCRIPT, TYPESCRIPT, typescriptFor } from '../../local/typescript/loader.ts';
import { failure } from './failure.ts';

/** Read by the loader under test, as these tests are. */
describe('a TypeScript module of this package', () => {
  let folder: string;
  before(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'cedarwright-read-')));
  });
  after(() => rm(folder, { recursive: true }));

  const imported = async (name: string, source: string, query = ''): Promise<Record<string, unknown>> => {
    const file = path.join(folder, name);
    await writeFile(file, source);
    const module: Record<string, unknown> = await import(pathToFileURL(file).href + query);
    return module;
  };

  it('is an ES module without its types, imports of types included', async () => {
    const source = `import type { Nothing } from './nowhere.ts';
      import { type Also, sep } from 'node:path';
      export const seen = (from: Nothing | Also): boolean => from === (sep as unknown);`;
    expect(await imported('types.ts', source))
      .to.have.property('seen')
      .that.is.a('function');
  });

  it('is told apart by its query', async () => {
    const source = 'export const where: string = import.meta.url;';
    expect((await imported('again.ts', source, '?run=1')).where).to.match(/again\.ts\?run=1$/);
    expect((await imported('again.ts', source, '?run=2')).where).to.match(/again\.ts\?run=2$/);
  });

  it('fails at the place where it is written', async () => {
    const source = `interface Long {
  readonly gone: true;
}
export const fail = (of: Long): never => { throw new Error(String(of)); };`;
    const { fail } = await imported('fails.ts', source);
    if (typeof fail !== 'function') throw new Error('no function');
    const error = await failure((async () => fail())());
    expect(error)
      .to.have.property('stack')
      .that.includes(`${path.join(folder, 'fails.ts')}:4:50`);
  });

  it('has a stack, as it is compiled, when it has gone or its error cannot be told', async () => {
    const source = `interface Gone { readonly long: true }
export const error = (message: unknown): Error => Object.assign(new RangeError(), { message });`;
    const { error } = await imported('gone.ts', source);
    if (typeof error !== 'function') throw new Error('no function');
    await rm(path.join(folder, 'gone.ts'));
    expect(error('off').stack).to.match(/^RangeError.*\n {4}at error \(file:.*\/gone\.ts:1:\d+\)\n/);
    expect(error(Symbol('no text')).stack).to.match(/\n {4}at error \(/);
  });

  it('says where it is not TypeScript', async () => {
    const error = await failure(imported('wrong.ts', 'export const a = 1;\nexport const b: = 2;\n'));
    expect(String(error))
      .to.include(`${path.join(folder, 'wrong.ts')}: `)
      .and.match(/wrong\.ts:2:17/);
  });
});

describe('a program', () => {
  it("is read as this package's own where it is, like the demo, and as any project's everywhere else", async () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-program-'));
    await writeFile(path.join(folder, 'package.json'), '{}');
    await mkdir(path.join(folder, 'src'));
    await writeFile(path.join(folder, 'src/main.ts'), '');
    await symlink(path.join(root, 'demo'), path.join(folder, 'demo'));
    const loaderOf = (program: string) => typescriptFor(path.join(folder, program));

    expect(await typescriptFor(path.join(root, 'demo/main.ts'))).to.equal(OWN_TYPESCRIPT);
    expect(await loaderOf('demo/main.ts')).to.equal(OWN_TYPESCRIPT);
    expect(await loaderOf('src/main.ts')).to.equal(TYPESCRIPT);
    expect(await loaderOf('src/nowhere.ts')).to.equal(TYPESCRIPT);
    expect(await typescriptFor(path.join(root, 'node_modules/chai/index.js'))).to.equal(TYPESCRIPT);
    await rm(folder, { recursive: true });
  });
});

import { expect } from 'chai';
import { cyclesOf } from './cycles.ts';
import { handWritten, importsOf, runtimeImportsOf } from './sources.ts';

/** What each folder may import besides itself: folders, or single files where only those are meant. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  cedar: [],
  dsl: ['cedar'],
  authz: ['cedar'],
  tenants: ['dsl/index.ts'],
  infra: ['dsl', 'authz', 'cedar'],
  local: ['infra', 'authz', 'cedar', 'dsl'],
  demo: ['authz/backend', 'dsl/schema/model.ts', 'dsl/generated'],
  cli: ['local', 'infra', 'authz', 'cedar', 'dsl', 'tools/pulumi/built-cli.ts'],
  // How the Pulumi engine is built, and how it starts a program: it knows nothing of ours.
  'tools/pulumi': [],
};
/** They look at everything; nothing looks at them. */
const OBSERVERS = new Set(['test', 'bench', 'tools']);

/** Packages that only one place may know, so that they can be replaced there, or done without. */
const CONFINED: readonly (readonly [name: string, places: readonly string[]])[] = [
  ['ts-morph', ['dsl/schema/source.ts']],
  ['@cedar-policy/cedar-wasm', ['cedar']],
  ['@pulumi/pulumi', ['infra', 'local/program', 'local/provider', 'tools/pulumi']],
  ['@pulumi/aws', ['infra', 'local/provider/serve.ts']],
];

const isIn = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);
const folderOf = (file: string): string =>
  isIn(file, 'tools/pulumi') ? 'tools/pulumi' : file.split('/')[0]!;

describe('the arrows between the folders', () => {
  const files = handWritten().filter(({ file }) => !OBSERVERS.has(folderOf(file)));
  const ours = new Set([...Object.keys(ARROWS), ...OBSERVERS]);

  const arrows = files.flatMap((file) => importsOf(file).map((target) => ({ file: file.file, target })));

  it('are drawn for every folder that has program text', () => {
    expect([...new Set(files.map(({ file }) => folderOf(file)))]).to.have.members(Object.keys(ARROWS));
  });

  for (const [folder, targets] of Object.entries(ARROWS)) {
    it(`${folder} imports ${targets.length > 0 ? `only ${targets.join(', ')}` : 'nothing'} of the others`, () => {
      const wrong = arrows.filter(({ file, target }) => {
        const isOther = ours.has(folderOf(target)) && folderOf(target) !== folder;
        return folderOf(file) === folder && isOther && !targets.some((place) => isIn(target, place));
      });
      expect(wrong).to.deep.equal([]);
    });
  }

  for (const [name, places] of CONFINED) {
    it(`${name} is known to ${places.join(' and ')} alone`, () => {
      const knowing = arrows.filter(({ target }) => target === name).map(({ file }) => file);
      expect(knowing).not.to.deep.equal([]);
      expect(knowing.filter((file) => !places.some((place) => isIn(file, place)))).to.deep.equal([]);
    });
  }

  it('lead from no file back to itself at run time', () => {
    const graph = new Map(files.map((file) => [file.file, runtimeImportsOf(file)]));
    expect(cyclesOf(graph)).to.deep.equal([]);
    expect(
      cyclesOf(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).to.deep.equal(['b -> c -> b']);
  });

  it('are seen in every form that an import takes', () => {
    const text = `
      import type { A } from '../a.ts';
      import '../b.ts';
      export * from '../c.ts';
      const d = await import('../d.ts');
      const e = require('@scope/e/part');
      type F = import('f').F;`;
    expect(importsOf({ file: 'x/y.ts', text })).to.have.members([
      'a.ts',
      'b.ts',
      'c.ts',
      'd.ts',
      '@scope/e',
      'f',
    ]);
  });
});

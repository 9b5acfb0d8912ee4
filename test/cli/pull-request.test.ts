import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { diff } from '../../cli/diff.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const BEFORE = '.actions([op.createPayee, op.putPayee, op.deletePayee])';
const AFTER = '.actions([op.createPayee, op.putPayee, op.deletePayee, op.listPayees, op.getPayee])';

/** However the formatter lays out its tables. */
const words = (text: string): string => text.trim().replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

describe('the comment on a pull request that the README shows', () => {
  let root: string;
  const git = (...args: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: root });
  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'cedarwright-pull-request-'));
    await mkdir(path.join(root, 'dsl'));
    for (const name of [
      'tenants/acme.ts',
      'tenants/shared',
      'dsl/index.ts',
      'dsl/generated',
      'package.json',
    ]) {
      await cp(path.join(REPOSITORY, name), path.join(root, name), { recursive: true });
    }
    await symlink(path.join(REPOSITORY, 'dsl/language.ts'), path.join(root, 'dsl/language.ts'));
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'before');
  });
  after(() => rm(root, { recursive: true }));

  it('is what the command writes for the edit', async () => {
    const document = await readFile(path.join(REPOSITORY, 'README.md'), 'utf8');
    expect(document).to.include(`-      ${BEFORE}`).and.to.include(`+      ${AFTER}`);
    const shown = /<!-- comment -->(.*)<!-- \/comment -->/s.exec(document)?.[1] ?? '';
    const file = path.join(root, 'tenants/acme.ts');
    const source = await readFile(file, 'utf8');
    expect(source).to.include(BEFORE);
    await writeFile(file, source.replace(BEFORE, AFTER));
    const { output, exitCode } = await diff(root, {
      before: { of: 'project', name: 'HEAD', tenants: [] },
      semantics: 'enforced',
      format: 'markdown',
    });
    expect([words(output), exitCode]).to.deep.equal([words(shown), 11]);
  });
});

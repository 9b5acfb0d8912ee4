import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ProblemsError } from '../../../../dsl/check/problem.ts';
import { loadSources, sourcesOf } from '../../../../dsl/analyze/revision/revision.ts';
import { changedTenants, relevantPaths, type Sources } from '../../../../dsl/analyze/revision/sources.ts';
import { makeProject, type Project } from '../../testing/project.ts';

const sources = (files: Readonly<Record<string, string>>): Sources =>
  new Map(Object.entries(files).map(([file, text]) => [file, Buffer.from(text)]));

describe('a revision of a project', () => {
  let project: Project;
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
      cwd: project.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const file = (name: string): string => path.join(project.root, name);
  const commit = (message: string): void => {
    git('add', '.');
    git('commit', '-qm', message);
  };
  before(async () => {
    project = await makeProject();
    git('init', '-q');
    await writeFile(file('.gitattributes'), 'tenants/acme.ts export-ignore\n*.ts text eol=crlf ident\n');
    commit('one');
    await rm(file('tenants/globex.ts'));
    commit('two');
  });
  after(() => project.remove());

  it('is what was committed, whatever a checkout or an archive would make of it', async () => {
    const one = await sourcesOf(project.root, 'HEAD~1');
    expect([...one!.keys()].toSorted()).to.deep.equal([
      'dsl/generated/model.json',
      'dsl/index.ts',
      'dsl/testing.ts',
      'package.json',
      'tenants/acme.ts',
      'tenants/globex.ts',
      'tenants/shared/guardrails.ts',
      'tenants/shared/listers.ts',
    ]);
    expect(one!.get('tenants/acme.ts')?.equals(await readFile(file('tenants/acme.ts')))).to.equal(true);
    expect([...(await sourcesOf(project.root, 'HEAD'))!.keys()]).not.to.include('tenants/globex.ts');
  });

  it('is loaded as the project is, and leaves no trace', async () => {
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith('cedarwright-revision-'));
    const one = await sourcesOf(project.root, 'HEAD~1');
    const { tenants } = await loadSources(project.root, { name: 'HEAD~1', sources: one! });
    expect(tenants.map(({ slug }) => slug)).to.deep.equal(['acme', 'globex']);
    expect(tenants[0]?.policies[0]?.site.file).to.equal('tenants/acme.ts');
    const after = (await readdir(tmpdir())).filter((name) => name.startsWith('cedarwright-revision-'));
    expect(after.filter((name) => !before.includes(name))).to.deep.equal([]);
    expect(git('status', '--porcelain')).to.equal('');
    expect(git('worktree', 'list').trim().split('\n')).to.have.length(1);
  });

  it('says of a mistake in which version it is', async () => {
    const broken = new Map(await sourcesOf(project.root, 'HEAD'));
    broken.set('tenants/acme.ts', Buffer.from('export default 1;'));
    const error: unknown = await loadSources(project.root, { name: 'HEAD', sources: broken }).catch(
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(ProblemsError).with.property('message').that.includes('] at HEAD: ');
  });

  it('is nothing for a name that is none, and no option for git', async () => {
    for (const name of ['HEAD~9', 'nothing', '', '--output=x', 'HEAD:tenants']) {
      expect(await sourcesOf(project.root, name), name).to.equal(undefined);
    }
  });

  it('may be a folder beside the project', async () => {
    const copy = file('proposal');
    await mkdir(path.join(copy, 'tenants'), { recursive: true });
    await writeFile(path.join(copy, 'tenants/a.ts'), 'x');
    expect([...(await sourcesOf(project.root, 'proposal'))!.keys()]).to.deep.equal(['tenants/a.ts']);
    await rm(copy, { recursive: true });
  });

  it('refuses links, whose content is elsewhere', async () => {
    await symlink('/etc/hostname', file('tenants/linked.ts'));
    commit('three');
    const error: unknown = await sourcesOf(project.root, 'HEAD').catch((reason: unknown) => reason);
    git('reset', '-q', '--hard', 'HEAD~1');
    expect(error)
      .to.be.instanceOf(ProblemsError)
      .with.property(
        'message',
        '[REVISION] HEAD: tenants/linked.ts is no regular file there — name another revision',
      );
  });

  it('has changed only the tenants whose files differ, or all of them', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`tenants/t${n}.ts`, 'same']));
    const before = { ...many, 'tenants/shared/guardrails.ts': 'g', 'dsl/index.ts': 'l', 'package.json': 'a' };
    const changed = (after: Readonly<Record<string, string>>): readonly string[] => [
      ...changedTenants(sources(before), sources({ ...before, ...after })),
    ];
    expect(changed({})).to.deep.equal([]);
    expect(changed({ 'tenants/t7.ts': 'other', 'package.json': 'b' })).to.deep.equal(['t7']);
    expect(changed({ 'tenants/new.ts': 'other' })).to.deep.equal(['new']);
    expect(changed({ 'tenants/shared/guardrails.ts': 'h' })).to.have.length(1_000);
    expect(changed({ 'dsl/index.ts': 'm' })).to.have.length(1_000);
  });

  it('takes of a project that holds this program only what is bound to its API', () => {
    const paths = [
      'dsl/language.ts',
      'dsl/index.ts',
      'dsl/generated/model.json',
      'dsl/check/x.ts',
      'tenants/a.ts',
    ];
    expect(relevantPaths(paths)).to.deep.equal(paths.filter((each) => each !== 'dsl/check/x.ts'));
    expect(relevantPaths(paths.slice(1))).to.deep.equal(paths.slice(1));
  });
});

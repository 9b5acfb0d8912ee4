import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { diff } from '../../cli/diff.ts';
import { Expected } from '../../cli/fail.ts';
import { replay } from '../../cli/replay.ts';
import { SCHEMA } from '../dsl/analyze/fixture.ts';
import { makeProject, type Project } from '../dsl/testing/project.ts';

const BEFORE = '@id("all") permit(principal in Group::"a", action, resource);\n';
const TEMPLATE =
  '@id("of") permit(principal == ?principal, action == Action::"read", resource in ?resource);\n';
const link = (principal: string) => [
  {
    template_id: 'of',
    link_id: 'linked',
    args: { '?principal': `User::"${principal}"`, '?resource': 'Folder::"f"' },
  },
];

describe('the command diff', () => {
  let project: Project;
  const file = (name: string): string => path.join(project.root, name);
  const git = (...args: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: project.root });
  before(async () => {
    project = await makeProject({
      's.cedarschema': SCHEMA,
      'before.cedar': BEFORE,
      'narrower.cedar': BEFORE.replace('action,', 'action == Action::"read",'),
      'template.cedar': TEMPLATE,
      'ann.json': JSON.stringify(link('ann')),
      'anna.json': JSON.stringify(link('anna')),
    });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'one');
  });
  after(() => project.remove());

  const plain = (after: string, before: string, links: readonly [after?: string, before?: string] = []) => {
    const [linked, linkedBefore] = links;
    const schema = file('s.cedarschema');
    return diff(project.root, {
      before: {
        of: 'plain',
        before: {
          schema,
          policies: file(before),
          ...(linkedBefore !== undefined && { links: file(linkedBefore) }),
        },
        after: { schema, policies: file(after), ...(linked !== undefined && { links: file(linked) }) },
      },
      semantics: 'enforced',
      format: 'json',
    });
  };
  const against = (name: string, ...tenants: readonly string[]) =>
    diff(project.root, { before: { of: 'project', name, tenants }, semantics: 'enforced', format: 'text' });

  it('ends with 0 when nothing is decided otherwise, 10 when it is only narrower, 11 when something opens', async () => {
    expect((await plain('before.cedar', 'before.cedar')).exitCode).to.equal(0);
    expect((await plain('narrower.cedar', 'before.cedar')).exitCode).to.equal(10);
    expect((await plain('before.cedar', 'narrower.cedar')).exitCode).to.equal(11);
  });

  it('sees that a template is linked to somebody else', async () => {
    const { output, exitCode } = await plain('template.cedar', 'template.cedar', ['anna.json', 'ann.json']);
    expect(exitCode).to.equal(11);
    const { rows }: { rows: { action: string; verdict: string }[] } = JSON.parse(output);
    expect(rows.map(({ action, verdict }) => `${action}: ${verdict}`)).to.deep.equal([
      'read: incomparable',
      'write: equivalent',
    ]);
  });

  it('compares the working tree with a commit, and names the lines of both', async () => {
    expect(await against('HEAD')).to.deep.equal({
      output: '0 kinds of request newly allowed, 0 newly denied, 2 tenants unchanged',
      exitCode: 0,
    });
    const acme = await readFile(file('tenants/acme.ts'), 'utf8');
    await writeFile(
      file('tenants/acme.ts'),
      `\n${acme.replace(".principalInGroup('admins').action('ShowButton')", ".action('ShowButton')")}`,
    );
    const { output, exitCode } = await against('HEAD');
    expect(exitCode).to.equal(11);
    expect(output).to.match(/^acme\n {2}ShowButton by User on Order: more permissive$/m);
    expect(output).to.include('admins-see-the-button (tenants/acme.ts:22:5) does not apply');
    expect(output).to.include('allowed by admins-see-the-button (tenants/acme.ts:23:5)');
    expect(output).to.match(/1 kind of request newly allowed, 0 newly denied, 1 tenant unchanged$/);
    expect((await against('HEAD', 'globex')).exitCode).to.equal(0);

    const record = {
      phase: 'backend',
      decision: 'allow',
      tenant: 'acme',
      action: 'ShowButton',
      principal: { type: 'User', id: 'acme|al', groups: [], attributes: {} },
      resource: { type: 'Order', id: '7', attributes: { tenant: 'acme' } },
      context: {},
    };
    await writeFile(file('log'), `${JSON.stringify({ record })}\n`);
    const how = { files: [file('log')], semantics: 'enforced', json: false } as const;
    expect((await replay(project.root, { ...how, candidate: '.' })).exitCode).to.equal(0);
    expect((await replay(project.root, { ...how, candidate: 'HEAD' })).exitCode).to.equal(10);
    await writeFile(file('tenants/acme.ts'), acme);
  });

  it('says what is neither a version nor a tenant', async () => {
    const failure = async (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(await failure(against('v9'))).to.be.instanceOf(Expected);
    expect(await failure(against('HEAD', 'nobody'))).to.be.instanceOf(Expected);
    expect(await failure(against('cedarwright-local-policies')))
      .to.be.instanceOf(Expected)
      .with.property('message')
      .that.includes('no embedded cloud is running here');
    const how = { files: ['log'], candidate: 'v9', semantics: 'enforced', json: false } as const;
    expect(await failure(replay(project.root, how))).to.be.instanceOf(Expected);
  });
});

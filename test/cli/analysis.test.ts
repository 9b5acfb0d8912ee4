import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { explain } from '../../cli/explain.ts';
import { Expected } from '../../cli/fail.ts';
import { lastDenied } from '../../cli/last-denied.ts';
import { lint } from '../../cli/lint.ts';
import { matrix } from '../../cli/matrix.ts';
import { policySetsOf } from '../../cli/policy-sets.ts';
import { replay } from '../../cli/replay.ts';
import { ProblemsError } from '../../dsl/check/problem.ts';
import { SCHEMA } from '../dsl/analyze/fixture.ts';
import { makeProject, type Project } from '../dsl/testing/project.ts';

const PROGRAM = fileURLToPath(new URL('../../cli/cedarwright.js', import.meta.url));
const POLICIES = `@id("all") permit(principal, action in Action::"any", resource);
@id("some") permit(principal in Group::"a", action == Action::"read", resource);
@id("of") permit(principal == ?principal, action, resource in ?resource) when { principal.age > 3 };
`;
const LINKS = [
  { template_id: 'of', link_id: 'linked', args: { '?principal': 'User::"al"', '?resource': 'Folder::"f"' } },
];

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the commands that reason about policies', () => {
  let project: Project;
  before(async () => {
    project = await makeProject({
      'docs.cedarschema': SCHEMA,
      'docs.cedar': POLICIES,
      'links.json': JSON.stringify(LINKS),
      'broken.cedar': 'permit(principal, action == Action::"fly", resource) when { resource.nothing };',
    });
  });
  after(() => project.remove());

  const run = (...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      execFile(process.execPath, [PROGRAM, ...args], { cwd: project.root }, (error, stdout, stderr) =>
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });
  const file = (name: string): string => path.join(project.root, name);
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'no error',
      (error: unknown) => error,
    );

  it('lint plain Cedar for tools, with an exit code for CI', async () => {
    const plain = { tenants: [], schema: file('docs.cedarschema'), policies: file('docs.cedar') };
    const { output, exitCode } = await lint(project.root, { ...plain, semantics: 'enforced', json: true });
    expect(exitCode).to.equal(10);
    const { findings }: { findings: { code: string; policy?: string; line: number; sure: string }[] } =
      JSON.parse(output);
    const [finding] = findings.filter(({ policy }) => policy === 'some');
    expect(finding).to.include({ code: 'SHADOWED_PERMIT', line: 2, sure: 'proved' });
  });

  it('end a mistake of usage with 2, before anything is loaded', async () => {
    const { status, stderr } = await run(
      'matrix',
      'acme',
      '--schema',
      's.cedarschema',
      '--policies',
      'p.cedar',
    );
    expect([status, stderr.split('\n')[0]]).to.deep.equal([
      2,
      'error: name tenants, or files with --schema and --policies',
    ]);
  });

  it('write the matrix of tenants, and end with 10 when it moves', async () => {
    const how = { tenants: ['globex'], semantics: 'enforced', json: false } as const;
    const written = await matrix(project.root, { ...how, write: file('matrix.json') });
    expect(written).to.deep.equal({ output: `${file('matrix.json')}: 8 cells`, exitCode: 0 });
    const check = { ...how, check: file('matrix.json') };
    expect((await matrix(project.root, check)).exitCode).to.equal(0);
    const committed = await readFile(file('matrix.json'), 'utf8');
    await writeFile(file('matrix.json'), committed.replaceAll('on conditions', 'never'));
    const { output, exitCode } = await matrix(project.root, check);
    expect(exitCode).to.equal(10);
    expect(output).to.include('! globex [] GET /orders (Endpoint): never -> on conditions');
    const none = await failure(matrix(project.root, { ...how, check: file('none.json') }));
    expect(none).to.be.instanceOf(Expected).with.property('message').that.includes('matrix --write');
  });

  it('replay a log, and end with 11 when it would open something', async () => {
    const record = {
      phase: 'backend',
      decision: 'deny',
      tenant: 'acme',
      action: 'ShowButton',
      principal: { type: 'User', id: 'acme|al', groups: ['acme|admins'], attributes: {} },
      resource: { type: 'Order', id: '7', attributes: { tenant: 'acme' } },
      context: {},
    };
    await writeFile(file('log'), `2025-01-01 INFO ${JSON.stringify({ record })}\n`);
    const how = { candidate: '.', semantics: 'enforced', json: false } as const;
    const { output, exitCode } = await replay(project.root, { ...how, files: [file('log')] });
    expect(exitCode).to.equal(11);
    expect(output).to.include('1  deny -> allow  acme ShowButton');
    expect(await failure(replay(project.root, { ...how, files: ['none'] }))).to.be.instanceOf(Expected);
  });

  it('read links of templates', async () => {
    const plain = { tenants: [], schema: file('docs.cedarschema'), policies: file('docs.cedar') };
    const [set] = await policySetsOf(project.root, { ...plain, links: file('links.json') });
    expect(set?.policies.map(({ id }) => id)).to.deep.equal(['all', 'some', 'linked']);
    expect(set?.policies[2]?.policy.resource).to.deep.equal({
      kind: 'in',
      entity: { type: 'Folder', id: 'f' },
    });
    await writeFile(file('links2.json'), JSON.stringify([{ ...LINKS[0], template_id: 'some' }]));
    const error = await failure(policySetsOf(project.root, { ...plain, links: file('links2.json') }));
    expect(error)
      .to.be.instanceOf(ProblemsError)
      .with.property('message')
      .that.includes('there is no template "some"');
  });

  it('tell everything that is wrong with plain Cedar, at its place', async () => {
    const plain = { tenants: [], schema: file('docs.cedarschema'), policies: file('broken.cedar') };
    const error = await failure(policySetsOf(project.root, plain));
    expect(error)
      .to.be.instanceOf(ProblemsError)
      .with.property('message')
      .that.matches(/broken\.cedar:1:.*\[UNKNOWN_ACTION\].*fly/);
    const missing = await failure(policySetsOf(project.root, { ...plain, policies: file('none.cedar') }));
    expect(missing)
      .to.be.instanceOf(ProblemsError)
      .with.property('message')
      .that.matches(/none\.cedar cannot be read \(ENOENT\)/);
    expect(await failure(policySetsOf(project.root, { tenants: ['nobody'] }))).to.be.instanceOf(Expected);
  });

  it('explain what cannot be asked as a mistake of the request', async () => {
    const how = { semantics: 'enforced', json: false } as const;
    const asked = { of: 'tenant', tenant: 'acme', action: 'GET /order', phase: 'backend' } as const;
    const error = await failure(explain(project.root, asked, how));
    expect(error)
      .to.be.instanceOf(ProblemsError)
      .with.property('message')
      .that.includes('did you mean "GET /orders"?');
    const text = await failure(explain(project.root, { ...asked, principal: '{' }, how));
    expect(text).to.be.instanceOf(Expected).with.property('message').that.includes('--principal is no JSON');
    const none = await failure(explain(project.root, { of: 'record', record: file('docs.cedar') }, how));
    expect(none)
      .to.be.instanceOf(Expected)
      .with.property('message')
      .that.matches(/there is no decision record in/);
    expect(await failure(lastDenied(project.root))).to.be.instanceOf(Expected);
  });
});

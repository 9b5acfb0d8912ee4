import { expect } from 'chai';
import { Command, CommanderError } from 'commander';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cedarTests } from '../../cli/cedar-tests.ts';
import { testCommand } from '../../cli/commands/test.ts';
import { Expected } from '../../cli/fail.ts';
import { test } from '../../cli/test.ts';
import { testFiles } from '../../cli/test-files.ts';
import type { TestResult } from '../../cli/test-run.ts';
import { ProblemsError } from '../../dsl/check/problem.ts';
import type { Coverage } from '../../dsl/testing/coverage/coverage.ts';
import { makeProject, type Project } from '../dsl/testing/project.ts';

const PROGRAM = fileURLToPath(new URL('../../cli/cedarwright.js', import.meta.url));

const TESTS = `import { policies } from '../../dsl/testing.ts';
import { read } from './operations.js';
const acme = await policies('acme');
const alice = { user: 'alice', attributes: { home: { city: 'Bern' } } };
const order = (total) => ({ type: 'Order', attributes: { labels: [], owner: 'alice', rate: '1.0', total } });
const office = { ip: '10.0.0.1', stock: 1 };
const MOST = 2n ** 63n - 1n;
describe('acme', () => {
  it('reads small orders', () => acme.can(alice, read, order(1), office).by('clerks-read-small-orders'));
  it('takes an error for a deny', () => acme.cannot(alice, read, order(MOST), office));
  it('knows of an error', () => acme.cannot(alice, read, order(MOST), office).because('nothing-dear'));
  it('reads dear orders', () => acme.can(alice, read, order(500), office));
  it.skip('is not written yet', () => {});
});
`;

interface Summary {
  readonly tests: readonly TestResult[];
  readonly coverage: Coverage;
}
interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('cedarwright test', () => {
  let project: Project;
  before(async () => {
    project = await makeProject({
      'test/policies/acme.test.ts': TESTS,
      // Named by what a compiler would make of it, as many projects name their modules.
      'test/policies/operations.ts': `export const read = 'GET /orders/{id}' as const;\n`,
      'test/policies/deep/notes.md': '',
    });
  });
  after(() => project.remove());

  const run = (...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      execFile(process.execPath, [PROGRAM, 'test', ...args], { cwd: project.root }, (error, stdout, stderr) =>
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });

  it('runs the tests of a project, tells what failed and what was covered, and writes them for Cedar', async () => {
    const { status, stdout, stderr } = await run('--json', '--min', '90', '--export', 'out');
    expect({ status, stderr }).to.deep.equal({ status: 1, stderr: 'the coverage of 36 % is below 90 %\n' });
    const { tests, coverage, ...rest }: Summary = JSON.parse(stdout);
    expect(rest).to.deep.equal({ passed: 2, failed: 2, skipped: 1, exported: ['out/acme'] });
    expect(coverage.percent).to.equal(36);
    expect(tests.map(({ title, outcome }) => `${outcome}: ${title}`)).to.deep.equal([
      'passed: acme reads small orders',
      'failed: acme takes an error for a deny',
      'passed: acme knows of an error',
      'failed: acme reads dear orders',
      'skipped: acme is not written yet',
    ]);
    expect(tests[1]?.message).to.match(
      /^denied, but only because a policy errs: GET \/orders\/\{id\} on Order/,
    );
    expect(tests[3]).to.include({ file: 'test/policies/acme.test.ts' });
    expect(tests[3]?.message).to.include('resource.total < 100 is false');

    const at = (file: string): string => path.join(project.root, 'out/acme', file);
    const written = await cedarTests(
      { tests: at('tests.json'), policies: at('policies.cedar'), schema: at('schema.cedarschema') },
      false,
    );
    expect(written.exitCode).to.equal(1);
    expect(written.output.split('\n')).to.deep.equal([
      'running 4 test(s)',
      '  test acme reads small orders: can GET /orders/{id} on Order ... ok',
      '  test acme takes an error for a deny: cannot GET /orders/{id} on Order ... ok',
      '  test acme knows of an error: cannot GET /orders/{id} on Order ... ok',
      '  test acme reads dear orders: can GET /orders/{id} on Order ... fail: expected allow, got deny',
      'results: 3 passed, 1 failed',
    ]);
  });

  describe('before any test runs', () => {
    const options = { coverage: false, json: true };
    const failure = async (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'nothing',
        (error: unknown) => error,
      );

    it('tells the mistakes of tenant files, once', async () => {
      const broken = await makeProject({
        'test/policies/acme.test.ts': TESTS,
        'tenants/globex.ts': 'export default 1;',
      });
      try {
        expect(await failure(test(broken.root, [], options))).to.be.instanceOf(ProblemsError);
      } finally {
        await broken.remove();
      }
    });

    it('tells a folder that is no project', async () => {
      const root = path.join(project.root, 'elsewhere');
      await mkdir(path.join(root, 'test/policies'), { recursive: true });
      await writeFile(path.join(root, 'test/policies/a.test.ts'), '');
      try {
        const error = await failure(test(root, [], options));
        expect(error)
          .to.be.instanceOf(ProblemsError)
          .with.property('message')
          .that.includes('[NO_VOCABULARY]');
      } finally {
        await rm(root, { recursive: true });
      }
    });

    it('finds all test files, or those named, and says when there are none', async () => {
      const file = path.join(project.root, 'test/policies/acme.test.ts');
      expect(await testFiles(project.root, [])).to.deep.equal([file]);
      expect(await testFiles(project.root, ['test', 'test/policies/acme.test.ts'])).to.deep.equal([file]);
      for (const named of ['test/policies/deep', 'nowhere']) {
        expect(await failure(testFiles(project.root, [named])), named).to.be.instanceOf(Expected);
      }
      expect(String(await failure(testFiles(path.join(project.root, 'dsl'), [])))).to.include(
        'there is no policy test in test/policies',
      );
    });
  });

  for (const [args, said] of [
    ['--tests a.json', '--tests and --policies belong together'],
    ['--policies a.cedar', '--tests and --policies belong together'],
    ['--tests a.json --policies a.cedar b.test.ts', 'without other files'],
    ['--tests a.json --policies a.cedar --coverage', 'cannot be used with'],
    ['--tests a.json --policies a.cedar --policy-format xml', 'Allowed choices are cedar, json'],
    ['--min 101', '--min 101 is not a percentage'],
    ['--min some', '--min some is not a percentage'],
  ] as const) {
    it(`${args} is a mistake of usage`, async () => {
      const told: string[] = [];
      const program = new Command().exitOverride().configureOutput({ writeErr: (text) => told.push(text) });
      testCommand(program);
      let refused: unknown;
      await program.parseAsync(['test', ...args.split(' ')], { from: 'user' }).catch((error: unknown) => {
        refused = error;
      });
      expect(refused).to.be.instanceOf(CommanderError);
      expect(told.join('')).to.include(said);
    });
  }
});

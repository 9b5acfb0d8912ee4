import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TYPESCRIPT } from '../local/typescript/loader.ts';
import { type Effort, median, p99 } from './samples.ts';
import { syntheticProject } from './synthetic/project.ts';
import { number, type Row, type Table } from './table.ts';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const ACTIONS = 100;
const TENANTS: Readonly<Record<Effort, readonly number[]>> = { full: [1, 1_000], quick: [1, 10] };
const RUNS: Readonly<Record<Effort, number>> = { full: 9, quick: 2 };
/** Something opened; see the exit codes of the command. */
const OPENED = 11;

/** The command that compares the working tree with a commit, when one tenant of few or of many was edited. */
export async function* diff(effort: Effort): AsyncGenerator<Table> {
  const rows: Row[] = [];
  for (const tenants of TENANTS[effort]) {
    const samples = await oneEdited(tenants, RUNS[effort]);
    const what = tenants === 1 ? 'one tenant, edited' : `${tenants} tenants, one edited`;
    rows.push([what, String(samples.length), number(median(samples)), number(p99(samples))]);
  }
  yield {
    title: 'cedarwright diff HEAD, the whole command, seconds',
    columns: ['n', 'p50', 'p99'],
    rows,
    note: `Each tenant has 20 policies for an API of ${ACTIONS} operations. Starting Node takes its part of each run.`,
  };
}

async function oneEdited(tenants: number, runs: number): Promise<number[]> {
  const project = await syntheticProject({ actions: ACTIONS, tenants, additions: 'nothing' });
  const git = (...args: readonly string[]): Promise<unknown> =>
    run('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], { cwd: project.root });
  try {
    await git('init', '-q');
    await git('add', '.');
    await git('commit', '-qm', 'before');
    const [name, text] = [...project.files][0]!;
    await project.write(name, text.replace('principal.age.gte(18)', 'principal.age.gte(17)'));
    const samples: number[] = [];
    for (let index = 0; index < runs; index += 1) {
      const began = performance.now();
      const failure = await run(process.execPath, [...TYPESCRIPT, PROGRAM, 'diff', 'HEAD'], {
        cwd: project.root,
      }).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!(failure instanceof Error && 'code' in failure && failure.code === OPENED)) {
        throw new Error('the diff did not end as it should', { cause: failure });
      }
      samples.push((performance.now() - began) / 1_000);
    }
    return samples;
  } finally {
    await project.close();
  }
}

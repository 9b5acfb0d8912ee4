import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median, timed } from './samples.ts';
import { number, type Row, type Table } from './table.ts';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const COMPILER = 'node_modules/typescript7/bin/tsc';
const RUNS = 2;

/** What types cost: of everything, and of what is checked whenever a tenant file is saved. */
export async function compiler(): Promise<Table> {
  return {
    title: 'Type checks',
    columns: ['n', 'seconds', 'files', 'instantiations'],
    rows: [
      await row('npm run check: everything', 'tsconfig.json'),
      await row('tenants and their language', 'tsconfig.tenants.json'),
    ],
  };
}

async function row(what: string, project: string): Promise<Row> {
  const samples: number[] = [];
  let printed = '';
  for (let n = 0; n < RUNS; n += 1) {
    samples.push(
      await timed(async () => {
        const args = [COMPILER, '-p', project, '--checkers', '2', '--extendedDiagnostics'];
        printed = await output(args);
      }),
    );
  }
  const figure = (name: string): string =>
    Number(new RegExp(`^${name}:\\s+(\\d+)$`, 'm').exec(printed)?.[1]).toLocaleString('en');
  return [what, String(RUNS), number(median(samples) / 1000), figure('Files'), figure('Instantiations')];
}

/** @throws Error with what the compiler says, when it has anything to say: figures of broken code mean nothing */
async function output(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: REPOSITORY }, (error, stdout) => {
      if (error) reject(new Error(`types are not in order:\n${stdout}`));
      else resolve(stdout);
    });
  });
}

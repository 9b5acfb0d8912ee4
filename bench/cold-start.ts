import { execFile } from 'node:child_process';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { buildBundles, HANDLERS } from '../infra/bundles.ts';
import { QUIET_AWS_CLIENTS } from '../local/settings.ts';
import { copyProject } from '../test/e2e/project.ts';
import { lambdaNode } from '../test/infra/lambda-node.ts';
import { type Effort, median, quantile } from './samples.ts';
import { number, type Row, type Table } from './table.ts';

/** Lambda's own, where somebody has put it here. */
const NODE = lambdaNode() ?? process.execPath;
const STARTS = { full: 15, quick: 1 };
const SLOW = 0.9;
/** What each of the functions is told; nobody answers there, and nobody is asked. */
const ENVIRONMENT = {
  ...QUIET_AWS_CLIENTS,
  AWS_REGION: 'us-east-1',
  ...Object.fromEntries(
    ['REGISTRY_TABLE', 'POLICIES_TABLE', 'SYNC_STATE_TABLE', 'SUBJECTS_TABLE'].map((name) => [name, 'none']),
  ),
  REDRIVE_QUEUE_URL: 'http://127.0.0.1:1/queue',
};

/** What Lambda does before a function's first event: load its code and run it once. */
export async function coldStart(effort: Effort): Promise<Table> {
  const project = await copyProject();
  try {
    const bundles = await buildBundles(project.root);
    const empty = path.join(project.root, '.build', 'empty');
    await mkdir(empty, { recursive: true });
    await writeFile(path.join(empty, 'index.mjs'), 'export const handler = async () => ({});\n');
    const rows = [await row('an empty handler', empty, effort)];
    for (const name of HANDLERS) rows.push(await row(name, bundles[name], effort));
    return {
      title: 'Cold start of each function: its archive in kB, and its init in milliseconds',
      columns: ['n', 'code', 'archive', 'p50', 'p90'],
      rows,
      note:
        `A new process of Node ${await version()} each time, measured inside it: from the import of the bundle until its ` +
        'handler is there. ' +
        "Code is the bundle alone; the archive, unpacked, has Cedar's engine and the model in it. The engine itself is " +
        'loaded by the first decision that needs it.',
    };
  } finally {
    await project.close();
  }
}

async function row(what: string, folder: string, effort: Effort): Promise<Row> {
  const code = path.join(folder, 'index.mjs');
  const starts: number[] = [];
  for (let n = 0; n < STARTS[effort]; n += 1) starts.push(await init(code));
  const kilobytes = async (bytes: Promise<number>): Promise<string> => number((await bytes) / 1_000);
  return [
    what,
    String(starts.length),
    await kilobytes(stat(code).then(({ size }) => size)),
    await kilobytes(sizeOf(folder)),
    number(median(starts)),
    number(quantile(starts, SLOW)),
  ];
}

async function init(code: string): Promise<number> {
  const script = `const began = performance.now();
const { handler } = await import(${JSON.stringify(pathToFileURL(code).href)});
if (typeof handler !== 'function') throw new Error('no handler');
process.stdout.write(String(performance.now() - began), () => process.exit());`;
  const { stdout } = await promisify(execFile)(NODE, ['--input-type=module', '-e', script], {
    env: { PATH: process.env['PATH'], ...ENVIRONMENT },
  });
  return Number(stdout);
}

const version = async (): Promise<string> =>
  (await promisify(execFile)(NODE, ['-p', 'process.versions.node'])).stdout.trim();

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(path.join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

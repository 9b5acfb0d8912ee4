import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
/** What each table is about, and how many rows of figures it has. */
const TABLES = [
  ['Through the gateway', 8],
  ['The authorizer function alone', 3],
  ['A change of a tenant file', 2],
  ['Time to ready of the embedded cloud', 1],
  ['One decision in the process', 12],
  ['Type checks', 2],
] as const;
const FIGURES = /\S(?:\s{2,}\d[\d.,]*)+$/;

describe('the bench', function () {
  this.timeout(150_000);

  it('measures everything once when it is in a hurry, in tables of 80 columns', async () => {
    const printed = await run(['--import', 'tsx', 'bench/main.ts', '--quick']);
    const [, ...tables] = printed.trimEnd().split('\n\n');
    expect(tables).to.have.length(TABLES.length);
    for (const [index, [title, rows]] of TABLES.entries()) {
      const [head = '', ...lines] = tables[index]!.split('\n');
      expect(head).to.match(new RegExp(`^${title}`));
      expect(lines.filter((line) => FIGURES.test(line))).to.have.length(rows, tables[index]);
    }
    expect(printed.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
  });
});

/** What it prints. A failure is told with what it said about it. */
const run = (args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: REPOSITORY, timeout: 140_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr}`));
      else resolve(stdout);
    });
  });

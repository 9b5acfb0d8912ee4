import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const TITLES = [
  'Through the gateway',
  'The authorizer function alone',
  'A change of a tenant file among 3 tenants',
  'Time to ready of the embedded cloud',
  'One decision in the process',
  'Type checks',
];
const FIGURES = /(?:\s{2,}[\d.,]+){3,}$/;

describe('the bench', function () {
  this.timeout(150_000);

  it('measures everything once when it is in a hurry, in tables of 80 columns', async () => {
    const printed = await run(['--import', 'tsx', 'bench/main.ts', '--quick']);
    const [, ...tables] = printed.trimEnd().split('\n\n');
    expect(tables.map((table) => TITLES.find((title) => table.startsWith(title)))).to.deep.equal(TITLES);
    for (const table of tables) {
      expect(
        table.split('\n').some((line) => FIGURES.test(line)),
        table,
      ).to.equal(true);
      expect(table).to.not.match(/NaN|undefined|Infinity|\s-\d/);
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

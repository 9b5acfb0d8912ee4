import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
/** What the tables of each part are about, and how many rows of figures they have. */
const PARTS = {
  system: [
    ['Through the gateway', 8],
    ['The authorizer function alone', 3],
    ['A change of a tenant file', 2],
    ['Time to ready of the embedded cloud', 1],
  ],
  request: [
    ['A route with and without protection', 14],
    ['One decision in the process', 15],
    ['Cold start of each function', 4],
  ],
  deploy: [['One deployment in process', 1]],
  compile: [
    ['From source to validated Cedar', 3],
    ['One tenant when all are loaded again', 4],
  ],
  types: [['Types of a small project', 2]],
  diff: [['cedarwright diff HEAD', 2]],
  analyze: [['One question about all requests of a kind', 3]],
  editor: [['In the editor', 8]],
} as const;
const FIGURES = /\S(?:\s{2,}\d[\d.,]*)+$/;

describe('the bench', function () {
  this.timeout(150_000);

  for (const [part, expected] of Object.entries(PARTS)) {
    it(`of the ${part} measures everything once when it is in a hurry, in tables of 80 columns`, async () => {
      const printed = await run(['--import', 'tsx', 'bench/main.ts', part, '--quick']);
      const [, ...tables] = printed.trimEnd().split('\n\n');
      expect(tables).to.have.length(expected.length);
      for (const [index, [title, rows]] of expected.entries()) {
        const [head = '', ...lines] = tables[index]!.split('\n');
        expect(head).to.match(new RegExp(`^${title}`));
        expect(lines.filter((line) => FIGURES.test(line))).to.have.length(rows, tables[index]);
      }
      expect(printed.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
    });
  }
});

/** What it prints. A failure is told with what it said about it. */
const run = (args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: REPOSITORY, timeout: 140_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr}`));
      else resolve(stdout);
    });
  });

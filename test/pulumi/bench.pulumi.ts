import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { withEngine } from './cli.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
/** What the tables of each part are about. */
const PARTS = {
  deploy: ['One deployment in process'],
  up: ['Loading what a program stands on', 'A stack that is as it should be'],
} as const;

withEngine('the bench of deployments', function () {
  this.timeout(300_000);

  for (const [part, titles] of Object.entries(PARTS)) {
    it(`${part}: measures everything once when it is in a hurry, in tables of 80 columns`, async () => {
      const args = ['--import', 'tsx', 'bench/main.ts', part, '--quick'];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: REPOSITORY });
      const [, ...tables] = stdout.trimEnd().split('\n\n');
      expect(tables).to.have.length(titles.length);
      for (const [index, title] of titles.entries())
        expect(tables[index]).to.match(new RegExp(`^${title}[^]*\n  \\S.* +\\d[\\d.]*\n`));
      expect(stdout.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
    });
  }
});

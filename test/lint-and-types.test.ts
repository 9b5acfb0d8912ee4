import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Exit code, and all that was printed. */
const run = (...args: readonly string[]): Promise<{ readonly code: unknown; readonly printed: string }> =>
  new Promise((resolve) => {
    execFile('npm', ['run', '--silent', ...args], { cwd: ROOT, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, printed: stdout + stderr }),
    );
  });

/**
 * Among the tests rather than before them, and by its name beside those of `local/`: many of those wait, and leave the
 * processors to others.
 */
describe('this repository', () => {
  for (const [what, ...args] of [
    ['has the vocabulary that its API document gives', 'schema', '--', '--check'],
    // With one checker rather than two: the other processor has other tests.
    ['has its types in order', 'check', '--', '--checkers', '1'],
    ['is linted and formatted', 'lint'],
  ] as const) {
    it(`${what}: npm run ${args.join(' ')}`, async () => {
      const { code, printed } = await run(...args);
      expect(code, printed).to.equal(0);
    });
  }
});

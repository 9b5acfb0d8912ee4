import { isatty } from 'node:tty';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Mocha from 'mocha';
import { register } from 'tsx/esm/api';
import { session } from '../dsl/testing/session.ts';

export interface TestResult {
  /** Of the suites it is in, and its own. */
  readonly title: string;
  /** From the project's folder. */
  readonly file: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly message?: string;
}

/** Tests load what they ask on their own time, but some will in a hook. */
const TIMEOUT_MS = 20_000;

/** Runs test files with mocha in this process, so that what they ask can be counted and written down. */
export async function runTestFiles(
  root: string,
  files: readonly string[],
  { quiet }: { readonly quiet: boolean },
): Promise<TestResult[]> {
  Mocha.reporters.Base.useColors = isatty(1);
  const mocha = new Mocha({ reporter: quiet ? Mocha.reporters.Base : 'spec', timeout: TIMEOUT_MS });
  // A project may name its modules in every way that TypeScript does, not by their files alone.
  register();
  for (const file of files) await loadFile(mocha, file);
  // By test: one that has passed may fail yet, in a hook that tells of it.
  const results = new Map<Mocha.Runnable, TestResult>();
  await new Promise<void>((resolve) => {
    const note = (test: Mocha.Runnable, outcome: TestResult['outcome'], message?: string): void => {
      const file = path.relative(root, test.file ?? '');
      results.set(test, {
        title: test.fullTitle(),
        file,
        outcome,
        ...(message !== undefined && { message }),
      });
    };
    mocha
      .run(() => resolve())
      .on('test', (test) => {
        session.test = test.fullTitle();
      })
      .on('pass', (test) => note(test, 'passed'))
      .on('fail', (test, error: Error) => note(test, 'failed', error.message))
      .on('pending', (test) => note(test, 'skipped'));
  });
  return [...results.values()];
}

/** As mocha's own loader does, but for its trying CommonJS first and telling of that when a file has a mistake. */
async function loadFile(mocha: Mocha, file: string): Promise<void> {
  mocha.suite.emit('pre-require', globalThis, file, mocha);
  const loaded: unknown = await import(pathToFileURL(file).href);
  mocha.suite.emit('require', loaded, file, mocha);
  mocha.suite.emit('post-require', globalThis, file, mocha);
}

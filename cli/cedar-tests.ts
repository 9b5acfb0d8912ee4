import { type CedarFiles, type CaseResult, runCedarTests } from '../dsl/testing/cedar-cli/run.ts';
import { Unreadable } from '../dsl/testing/cedar-cli/unreadable.ts';
import { Expected } from './fail.ts';

/**
 * `cedarwright test --tests`: runs tests of the Cedar command line, and says so in its words.
 * @throws Expected when there is nothing to run
 */
export async function cedarTests(
  files: CedarFiles,
  json: boolean,
): Promise<{ readonly output: string; readonly exitCode: number }> {
  const tests = await run(files);
  const failed = tests.filter(({ outcome }) => outcome !== 'ok').length;
  const passed = tests.length - failed;
  const lines = [
    `running ${tests.length} test(s)`,
    ...tests.map(lineOf),
    `results: ${passed} passed, ${failed} failed`,
  ];
  const output = json ? JSON.stringify({ passed, failed, tests }, undefined, 2) : lines.join('\n');
  return { output, exitCode: failed === 0 ? 0 : 1 };
}

async function run(files: CedarFiles): Promise<CaseResult[]> {
  try {
    return await runCedarTests(files);
  } catch (error) {
    throw error instanceof Unreadable ? new Expected(error.message) : error;
  }
}

const lineOf = ({ name, outcome, message }: CaseResult): string =>
  `  test ${name} ... ${outcome}${message === undefined ? '' : `: ${message}`}`;

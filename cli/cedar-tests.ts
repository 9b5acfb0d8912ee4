import { type CedarFiles, type CaseResult, runCedarTests } from '../dsl/testing/cedar-cli/run.ts';
import { Unreadable } from '../dsl/testing/cedar-cli/unreadable.ts';
import { Expected } from './fail.ts';
import { print } from './terminal.ts';

/**
 * `cedarwright test --tests`: runs tests of the Cedar command line, and says so in its words. Returns the exit code.
 * @throws Expected when there is nothing to run
 */
export async function cedarTests(files: CedarFiles, json: boolean): Promise<number> {
  const results = await run(files);
  const failed = results.filter(({ outcome }) => outcome !== 'ok').length;
  const passed = results.length - failed;
  if (json) print(JSON.stringify({ passed, failed, tests: results }, undefined, 2));
  else {
    print(`running ${results.length} test(s)`);
    for (const result of results) print(lineOf(result));
    print(`results: ${passed} passed, ${failed} failed`);
  }
  return failed === 0 ? 0 : 1;
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

import { exportCedarTests } from '../dsl/testing/cedar-cli/export.ts';
import { type Coverage, coverageOf } from '../dsl/testing/coverage/coverage.ts';
import { coverageTable } from '../dsl/testing/coverage/table.ts';
import { testedProject } from '../dsl/testing/loaded.ts';
import { session } from '../dsl/testing/session.ts';
import { Expected } from './fail.ts';
import { testFiles } from './test-files.ts';
import { runTestFiles, type TestResult } from './test-run.ts';
import { print } from './terminal.ts';

export interface TestOptions {
  readonly coverage: boolean;
  /** Percent of the outcomes of policies and conditions that tests must see. */
  readonly min?: number;
  /** Folder for the tests as the Cedar command line reads them. */
  readonly export?: string;
  readonly json: boolean;
}

/**
 * `cedarwright test`: runs a project's policy tests. Returns the exit code.
 * @throws ProblemsError when tenant files have mistakes, Expected when there is no test
 */
export async function test(root: string, named: readonly string[], options: TestOptions): Promise<number> {
  const files = await testFiles(root, named);
  // Mistakes of the tenant files are told once, not by every test.
  const project = await testedProject(root);
  const results = await runTestFiles(root, files, { quiet: options.json });
  if (results.length === 0) throw new Expected(`no test in ${files.join(', ')} — write it(…) into them`);
  const wanted = options.coverage || options.min !== undefined;
  const coverage = wanted ? coverageOf([project], session.asked) : undefined;
  const folders = options.export === undefined ? [] : await exportCedarTests(session.asked, options.export);
  if (options.json) print(JSON.stringify(summaryOf(results, coverage, folders), undefined, 2));
  else report(coverage, folders);
  return verdict(results, coverage, options.min);
}

const count = (results: readonly TestResult[], outcome: TestResult['outcome']): number =>
  results.filter((result) => result.outcome === outcome).length;

const summaryOf = (
  results: readonly TestResult[],
  coverage: Coverage | undefined,
  folders: readonly string[],
) => ({
  passed: count(results, 'passed'),
  failed: count(results, 'failed'),
  skipped: count(results, 'skipped'),
  tests: results,
  ...(coverage && { coverage }),
  ...(folders.length > 0 && { exported: folders }),
});

function report(coverage: Coverage | undefined, folders: readonly string[]): void {
  if (coverage) print(`${coverageTable(coverage)}\n`);
  for (const folder of folders) {
    const named = ['policies.cedar', 'schema.cedarschema', 'tests.json'].map((file) => `${folder}/${file}`);
    print(`cedar run-tests --policies ${named[0]} --schema ${named[1]} --tests ${named[2]}`);
  }
}

function verdict(
  results: readonly TestResult[],
  coverage: Coverage | undefined,
  min: number | undefined,
): number {
  const isCovered = !coverage || min === undefined || coverage.percent >= min;
  if (!isCovered) process.stderr.write(`the coverage of ${coverage.percent} % is below ${min} %\n`);
  return isCovered && count(results, 'failed') === 0 ? 0 : 1;
}

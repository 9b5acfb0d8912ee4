/**
 * Prints the coverage of policies at the end of a plain mocha run: `mocha --require <this file> …`.
 * A run of several processes (`--parallel`) prints that of each file.
 */
import { testedProjects } from '../loaded.ts';
import { session } from '../session.ts';
import { coverageOf } from './coverage.ts';
import { coverageTable } from './table.ts';

export const mochaHooks = {
  async afterAll(): Promise<void> {
    process.stdout.write(`\n${coverageTable(coverageOf(await testedProjects(), session.asked))}\n`);
  },
};

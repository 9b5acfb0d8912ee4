import { pulumiCli } from '../../cli/pulumi-cli.ts';

/** Undefined where there is none: then there is nothing to test with. */
export const CLI = await pulumiCli().catch(() => undefined);

/** Tests that need the Pulumi CLI. Where there is none they are skipped; the reporter counts them in one line. */
export const withEngine = (title: string, tests: (this: Mocha.Suite) => void): void =>
  void (CLI === undefined ? describe.skip(title, tests) : describe(title, tests));

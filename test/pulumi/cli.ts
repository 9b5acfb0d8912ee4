import { pulumiCli } from '../../cli/pulumi-cli.ts';

/** Undefined where there is none: then there is nothing to test with. */
export const CLI = await pulumiCli().catch(() => undefined);

let skipped = 0;
process.once('exit', () => {
  if (skipped > 0) {
    process.stdout.write(
      `\n${skipped} tests under the Pulumi engine skipped: no CLI — npm run pulumi:build\n`,
    );
  }
});

/** Tests that need the Pulumi CLI. Where there is none they are skipped, and counted in one line at the end. */
export function withEngine(title: string, tests: (this: Mocha.Suite) => void): void {
  if (CLI !== undefined) {
    describe(title, tests);
    return;
  }
  const suite = describe.skip(title, tests);
  if (suite) skipped += suite.total();
}

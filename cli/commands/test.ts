import { type Command, Option } from 'commander';
import type { CedarFiles } from '../../dsl/testing/cedar-cli/run.ts';
import type { TestOptions } from '../test.ts';

type Options = TestOptions & Partial<CedarFiles>;

const EXAMPLES = `
A policy test, in test/policies/acme.test.ts:
  import { policies, sample } from '../../dsl/testing.ts';
  const acme = await policies('acme');
  const order = sample('Order', { status: 'OPEN' });
  describe('acme', () => {
    it('lets clerks ship open orders', () => {
      acme.can({ groups: ['CLERK'] }, 'POST /orders/{id}/ship', order()).by('clerks-ship');
      acme.cannot({ groups: ['CLERK'] }, 'POST /orders/{id}/ship', order({ status: 'PAID' }));
    });
  });

Coverage counts outcomes: each policy deciding a request, each condition being true, and being false. Policies that
several tenants share count once.

Examples:
  $ npx cedarwright test
  $ npx cedarwright test test/policies/acme.test.ts
  $ npx cedarwright test --coverage --min 80
  $ npx cedarwright test --export cedar-tests
  $ npx cedarwright test --tests tests.json --policies policies.cedar --schema schema.cedarschema`;

/** `cedarwright test` */
export function testCommand(program: Command): void {
  const ours = ['tests', 'policies', 'schema', 'templateLinked'];
  const cedarOption = (flags: string, description: string): Option =>
    new Option(flags, description).conflicts(['coverage', 'min', 'export']);
  const command = program.command('test');
  command
    .description("run the project's policy tests, or tests of the Cedar command line")
    .argument('[files...]', 'test files or folders', [])
    .addOption(
      new Option('--coverage', 'show which policies and conditions the tests have seen decide').default(
        false,
      ),
    )
    .addOption(
      new Option('--min <percent>', 'end with 1 when the coverage is below').argParser((text) =>
        percentOf(command, text),
      ),
    )
    .addOption(
      new Option('--export <folder>', 'write the tests as `cedar run-tests` reads them').conflicts(ours),
    )
    .addOption(cedarOption('--tests <file>', 'run tests of `cedar run-tests` instead'))
    .addOption(cedarOption('-p, --policies <file>', 'with --tests: the policies, ids in @id'))
    .addOption(cedarOption('-s, --schema <file>', 'with --tests: the schema'))
    .addOption(cedarOption('-k, --template-linked <file>', 'with --tests: links of templates'))
    .addOption(
      new Option('--policy-format <format>', 'with --tests').choices(['cedar', 'json']).default('cedar'),
    )
    .addOption(
      new Option('--schema-format <format>', 'with --tests').choices(['cedar', 'json']).default('cedar'),
    )
    .option('--json', 'print the results as JSON', false)
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[], options: Options) => {
      process.exitCode = await run(command, files, options);
    });
}

async function run(command: Command, files: readonly string[], options: Options): Promise<number> {
  const { tests, policies, json } = options;
  if (tests === undefined && policies === undefined) {
    const { test } = await import('../test.ts');
    return test(process.cwd(), files, options);
  }
  if (tests === undefined || policies === undefined || files.length > 0) {
    return command.error('error: --tests and --policies belong together, without other files');
  }
  const { cedarTests } = await import('../cedar-tests.ts');
  const { output, exitCode } = await cedarTests({ ...options, tests, policies }, json);
  process.stdout.write(`${output}\n`);
  return exitCode;
}

function percentOf(command: Command, text: string): number {
  const percent = Number(text);
  if (!/^\d+$/.test(text) || percent > 100) {
    return command.error(`error: --min ${text} is not a percentage: take a number from 0 to 100`);
  }
  return percent;
}

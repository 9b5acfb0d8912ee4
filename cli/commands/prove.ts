import { Argument, type Command, Option } from 'commander';
import { end } from '../ending.ts';
import { checkPolicyOptions, type PolicyOptions, policyOptions } from './policy-options.ts';

interface Options extends PolicyOptions {
  readonly tenant?: string;
}

/** `cedarwright prove` */
export function proveCommand(program: Command): void {
  const command = program
    .command('prove')
    .description('prove of all requests that policies keep to something, or show one where they do not')
    .addArgument(new Argument('<what>', 'isolation of tenants').choices(['isolation']))
    .argument('[tenants...]', 'slugs; all tenants without', []);
  policyOptions(command)
    .addOption(new Option('--tenant <id>', 'with --schema: the one tenant that all is to belong to'))
    .addHelpText(
      'after',
      `
isolation: whatever the policies of tenant s allow has principal.tenant == s, and resource.tenant == s unless the
resource's type is shared by all (tenancy: shared). Of the part that the gateway enforces, which knows no resource, only
the first. Kinds of tenant that have no tenant claim are not asked about it; of them it is proved that they stay within
their dataTenants. With --schema and without --tenant: principal.tenant == resource.tenant.

Each answer is "proved", or a request that Cedar's engine allows, or says why it is not known: without the optional
package z3-solver, conditions are only tried. What is taken for granted of the data is printed too.

Ends with 0 when all is proved; 11 when something breaks it; 12 when nothing is known to, but not all is proved.
A failure ends with 1, a mistake of usage with 2.

Examples:
  $ npx cedarwright prove isolation
  $ npx cedarwright prove isolation acme --json
  $ npx cedarwright prove isolation --schema photos.cedarschema --policies photos.cedar --tenant acme`,
    )
    .action(async (_what: string, tenants: string[], options: Options) => {
      checkPolicyOptions(command, options, tenants);
      if (options.tenant !== undefined && options.schema === undefined) {
        command.error('error: --tenant needs --schema and --policies');
      }
      const { proveIsolation } = await import('../prove.ts');
      end(await proveIsolation(process.cwd(), { ...options, tenants }));
    });
}

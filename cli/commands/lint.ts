import { type Command, Option } from 'commander';
import { tableName } from '../../local/settings.ts';
import { end } from '../ending.ts';
import { checkPolicyOptions, type PolicyOptions, policyOptions } from './policy-options.ts';

interface LintOptions extends PolicyOptions {
  readonly table?: string | true;
  readonly endpoint?: string;
}

const EMBEDDED_TABLE = tableName('policies');

/** `cedarwright lint` */
export function lintCommand(program: Command): void {
  const command = program
    .command('lint')
    .description('find policies, conditions, groups and operations that are probably not meant so')
    .argument('[tenants...]', 'slugs; all tenants without', [])
    .option(
      '--table [name]',
      'look at the live policies of a policy table too (default: that of the embedded cloud)',
    )
    .addOption(new Option('--endpoint <url>', 'with --table: an embedded cloud that has it'));
  policyOptions(command)
    .addHelpText(
      'after',
      `
  NEVER_APPLIES            no request meets the policy
  ALWAYS_APPLIES           the conditions of the policy always hold
  SHADOWED_PERMIT          other permits allow all that it permits
  OVERRIDDEN_PERMIT        a forbid denies all that it permits
  FORBID_NEVER_REACHED     what it forbids is denied without it
  CLAUSE_CHANGES_NOTHING   every request is decided the same without the condition
  UNUSED_GROUP             no policy names the tenant's group
  LIVE_REJECTED            a live policy in the policy table is not enforced
  LIVE_POLICY, NOBODY_CAN, EVERYBODY_CAN, PUBLIC_OPERATION   worth knowing, and no mistakes

Each finding says how sure it is; what is not proved is a note. Ends with 0; 10 when something is to be mended;
12 when nothing is, but an answer is only sampled or unknown.

Examples:
  $ npx cedarwright lint
  $ npx cedarwright lint acme --json | jq '.findings[] | select(.severity == "warning")'
  $ npx cedarwright lint --table cedarwright-prod-policies
  $ npx cedarwright lint --schema photos.cedarschema --policies photos.cedar`,
    )
    .action(async (tenants: string[], { table, endpoint, ...options }: LintOptions) => {
      checkPolicyOptions(command, options, tenants);
      if (table !== undefined && options.schema !== undefined)
        command.error('error: --table goes with tenants, not with --schema');
      if (table === undefined && endpoint !== undefined) command.error('error: --endpoint needs --table');
      const { lint } = await import('../lint.ts');
      const chosen = table && {
        name: table === true ? EMBEDDED_TABLE : table,
        ...(endpoint !== undefined && { endpoint }),
      };
      end(await lint(process.cwd(), { ...options, tenants, ...(chosen && { table: chosen }) }));
    });
}

import type { Command } from 'commander';
import { end } from '../ending.ts';
import { checkPolicyOptions, type PolicyOptions, policyOptions } from './policy-options.ts';

/** `cedarwright lint` */
export function lintCommand(program: Command): void {
  const command = program
    .command('lint')
    .description('find policies, conditions, groups and operations that are probably not meant so')
    .argument('[tenants...]', 'slugs; all tenants without', []);
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
  NOBODY_CAN, EVERYBODY_CAN, PUBLIC_OPERATION   worth knowing, and no mistakes

Each finding says how sure it is; what is not proved is a note. Ends with 0; 10 when something is to be mended;
12 when nothing is, but an answer is only sampled or unknown.

Examples:
  $ npx cedarwright lint
  $ npx cedarwright lint acme --json | jq '.findings[] | select(.severity == "warning")'
  $ npx cedarwright lint --schema photos.cedarschema --policies photos.cedar`,
    )
    .action(async (tenants: string[], options: PolicyOptions) => {
      checkPolicyOptions(command, options, tenants);
      const { lint } = await import('../lint.ts');
      end(await lint(process.cwd(), { ...options, tenants }));
    });
}

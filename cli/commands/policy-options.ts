import { type Command, Option } from 'commander';

/** What the commands that reason about policies have in common. */
export interface PolicyOptions {
  readonly schema?: string;
  readonly policies?: string;
  readonly links?: string;
  readonly semantics: 'enforced' | 'cedar';
  readonly json: boolean;
}

/** Adds the options that choose policies other than the project's. */
export function policyOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--schema <file>', 'plain Cedar instead of tenants: its schema, .json for the JSON form'),
    )
    .addOption(new Option('--policies <file>', 'with --schema: the policies'))
    .addOption(new Option('--links <file>', 'with --schema: links of templates, as `cedar link` writes them'))
    .addOption(
      new Option('--semantics <which>', "whose decision: the enforced one, where an error denies, or Cedar's")
        .choices(['enforced', 'cedar'])
        .default('enforced'),
    )
    .option('--json', 'print the result as JSON', false);
}

/** Plain Cedar needs both files, and no tenants beside them. */
export function checkPolicyOptions(
  command: Command,
  options: PolicyOptions,
  tenants: readonly string[],
): void {
  const { schema, policies, links } = options;
  if ((schema === undefined) !== (policies === undefined)) {
    command.error('error: --schema and --policies belong together');
  }
  if (links !== undefined && schema === undefined)
    command.error('error: --links needs --schema and --policies');
  if (schema !== undefined && tenants.length > 0) {
    command.error('error: name tenants, or files with --schema and --policies');
  }
}

import { type Command, Option } from 'commander';
import { end } from '../ending.ts';
import type { Explained } from '../explain.ts';

interface Options {
  readonly tenant?: string;
  readonly as?: string;
  readonly principal?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly context?: string;
  readonly entities?: string;
  readonly phase: 'gateway' | 'backend';
  readonly record?: string;
  readonly id?: string;
  readonly lastDenied: boolean;
  readonly schema?: string;
  readonly policies?: string;
  readonly links?: string;
  readonly semantics: 'enforced' | 'cedar';
  readonly json: boolean;
}

/** `cedarwright explain` */
export function explainCommand(program: Command): void {
  const command = program.command('explain');
  const conflicting = ['tenant', 'schema', 'principal', 'action', 'resource'];
  command
    .description('explain one decision: what decided, and what kept the policies that nearly did')
    .option('--tenant <slug>', 'whose policies')
    .addOption(new Option('--as <user>', "one of the tenant file's users asks").conflicts('principal'))
    .option('--principal <json>', 'or somebody else: { "groups": [], "attributes": {} }')
    .option('--action <name>', "the operation or domain action: 'PUT /orders/{id}'")
    .option('--resource <json>', 'what it is about: { "type": "Order", "id": "7", "attributes": {} }')
    .option('--context <json>', 'the context; JSON may also be @file')
    .addOption(
      new Option('--phase <phase>', 'whose decision').choices(['gateway', 'backend']).default('backend'),
    )
    .addOption(
      new Option('--record <file>', 'the last decision record of a log, gzip too; - for stdin').conflicts(
        conflicting,
      ),
    )
    .option('--id <decision>', 'with --record: the one with this decision id')
    .addOption(
      new Option('--last-denied', 'the last request that the running embedded cloud denied')
        .conflicts([...conflicting, 'record'])
        .default(false),
    )
    .option('--schema <file>', 'plain Cedar instead of a tenant: its schema; entities are User::"alice"')
    .option('--policies <file>', 'with --schema: the policies')
    .option('--links <file>', 'with --schema: links of templates')
    .option('--entities <json>', 'with --schema: the entities in JSON, or @file')
    .addOption(
      new Option('--semantics <which>', "the enforced decision, where an error denies, or Cedar's")
        .choices(['enforced', 'cedar'])
        .default('enforced'),
    )
    .option('--json', 'print the explanation as JSON', false)
    .addHelpText(
      'after',
      `
Decision records are what handlers write with DECISION_RECORDS=log, as the embedded cloud does.

Examples:
  $ npx cedarwright explain --last-denied
  $ npx cedarwright explain --tenant acme --as alice --action 'GET /orders'
  $ npx cedarwright explain --tenant acme --principal '{ "groups": ["CLERK"] }' --action 'GET /orders/{id}' \\
      --resource '{ "type": "Order", "attributes": { "status": "OPEN" } }'
  $ npx cedarwright explain --record authorizer.log.gz --id 6f1c…
  $ npx cedarwright explain --schema photos.cedarschema --policies photos.cedar \\
      --principal 'User::"alice"' --action 'Action::"view"' --resource 'Photo::"1"' --entities @entities.json`,
    )
    .action(async (options: Options) => {
      const what = explainedBy(command, options);
      const { explain } = await import('../explain.ts');
      end(await explain(process.cwd(), what, options));
    });
}

function explainedBy(command: Command, options: Options): Explained {
  const { lastDenied, record, schema, policies, tenant, action, principal, resource } = options;
  if (lastDenied) return { of: 'last denied' };
  if (record !== undefined) return { ...options, of: 'record', record };
  if (schema !== undefined || policies !== undefined) {
    if (schema === undefined || policies === undefined)
      return command.error('error: --schema and --policies belong together');
    if (principal === undefined || action === undefined || resource === undefined) {
      return command.error('error: plain Cedar needs --principal, --action and --resource');
    }
    return { ...options, of: 'plain', schema, policies, principal, action, resource };
  }
  if (tenant === undefined || action === undefined) {
    return command.error('error: say what to explain: --last-denied, --record, or --tenant and --action');
  }
  return { ...options, of: 'tenant', tenant, action };
}

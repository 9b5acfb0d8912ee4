import { type Command, Option } from 'commander';
import type { ComparedWith } from '../comparison.ts';
import { end } from '../ending.ts';

interface Options {
  readonly schema?: string;
  readonly policies?: string;
  readonly links?: string;
  readonly against?: string;
  readonly againstSchema?: string;
  readonly againstLinks?: string;
  readonly endpoint?: string;
  readonly semantics: 'enforced' | 'cedar';
  readonly format: 'text' | 'markdown' | 'sarif';
  readonly json: boolean;
}

/** `cedarwright diff` */
export function diffCommand(program: Command): void {
  const command = program
    .command('diff')
    .description('show what a change newly allows and newly denies, with a request for each')
    .argument('[before]', 'git revision, folder of a project, or policy table: what is compared with')
    .argument('[tenants...]', 'slugs; all tenants without')
    .addOption(new Option('--endpoint <url>', 'an embedded cloud that has the policy table'))
    .addOption(new Option('--schema <file>', 'plain Cedar instead of tenants: its schema'))
    .addOption(new Option('--policies <file>', 'with --schema: the policies after the change'))
    .addOption(new Option('--links <file>', 'with --schema: links of templates'))
    .addOption(new Option('--against <file>', 'with --schema: the policies before the change'))
    .addOption(new Option('--against-schema <file>', 'with --against: its schema, where it is another one'))
    .addOption(new Option('--against-links <file>', 'with --against: its links (default: those of --links)'))
    .addOption(
      new Option('--semantics <which>', "whose decision: the enforced one, where an error denies, or Cedar's")
        .choices(['enforced', 'cedar'])
        .default('enforced'),
    )
    .addOption(
      new Option('--format <format>', 'for people, for a pull request, or for code scanning')
        .choices(['text', 'markdown', 'sarif'])
        .default('text'),
    )
    .addOption(
      new Option('--json', 'print one row for each kind of request as JSON')
        .conflicts('format')
        .default(false),
    );
  command
    .addHelpText(
      'after',
      `
The version after is always the working tree, or --policies. Each version is read by its own vocabulary: what only one
knows is denied by the other. A policy table is named as it is on AWS, with the credentials of the environment;
cedarwright-local-policies is that of the embedded cloud that runs here.
Every example has been decided by Cedar's engine for both versions.

Ends with 0 when it is proved that nothing is decided otherwise; 10 when something is newly denied, and proved that
nothing is newly allowed; 11 when something is newly allowed; 12 when that is not known, or only tried.
A failure ends with 1, a mistake of usage with 2.

Examples:
  $ npx cedarwright diff HEAD
  $ npx cedarwright diff origin/main --format markdown > comment.md
  $ npx cedarwright diff ../proposal acme --json | jq '.rows[] | select(.newlyAllowed.found)'
  $ AWS_PROFILE=security npx cedarwright diff cedarwright-prod-policies
  $ npx cedarwright diff --schema photos.cedarschema --policies photos.cedar --against before.cedar`,
    )
    .action(async (before: string | undefined, tenants: string[], options: Options) => {
      const compared = comparedBy(command, options, before, tenants);
      const { diff } = await import('../diff.ts');
      const format = options.json ? 'json' : options.format;
      end(await diff(process.cwd(), { before: compared, semantics: options.semantics, format }));
    });
}

function comparedBy(
  command: Command,
  { endpoint, ...plain }: Options,
  name: string | undefined,
  tenants: readonly string[],
): ComparedWith {
  const { schema, policies, links, against, againstSchema, againstLinks } = plain;
  const isPlain = [schema, policies, links, against, againstSchema, againstLinks].some(
    (each) => each !== undefined,
  );
  if (!isPlain) {
    if (name !== undefined) {
      return { of: 'project', name, tenants, ...(endpoint !== undefined && { endpoint }) };
    }
    return command.error('error: say what to compare with: a git revision, a folder or a policy table');
  }
  if (name !== undefined)
    command.error('error: name a version, or files with --schema, --policies and --against');
  if (schema === undefined || policies === undefined || against === undefined) {
    return command.error('error: plain Cedar needs --schema, --policies and --against');
  }
  const linked = againstLinks ?? links;
  return {
    of: 'plain',
    before: {
      schema: againstSchema ?? schema,
      policies: against,
      ...(linked !== undefined && { links: linked }),
    },
    after: { schema, policies, ...(links !== undefined && { links }) },
  };
}

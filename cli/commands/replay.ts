import { type Command, Option } from 'commander';
import { end } from '../ending.ts';

interface Options {
  readonly candidate: string;
  readonly semantics: 'enforced' | 'cedar';
  readonly json: boolean;
}

/** `cedarwright replay` */
export function replayCommand(program: Command): void {
  program
    .command('replay')
    .description('ask the policies of now what they make of requests that were decided before')
    .argument('<records...>', 'logs with decision records, gzip too, of any size; - for stdin')
    .option('--candidate <version>', 'whose policies are asked: a folder or a git revision', '.')
    .addOption(
      new Option('--semantics <which>', "the enforced decision, where an error denies, or Cedar's")
        .choices(['enforced', 'cedar'])
        .default('enforced'),
    )
    .option('--json', 'print counts and groups as JSON', false)
    .addHelpText(
      'after',
      `
Decision records are what handlers write with DECISION_RECORDS=log. They hold the attributes marked log: true, groups
and context; where a policy reads anything else, the answer may be unknown, and is counted as that.
Ends with 0 when all would be decided as before; 10 when some would only be denied; 11 when one would be allowed; 12
when one is unknown.

Examples:
  $ npx cedarwright replay authorizer.log.gz
  $ npx cedarwright replay authorizer.log --candidate origin/tighter-limits
  $ npx cedarwright replay logs/*.gz --candidate ../proposal --json`,
    )
    .action(async (files: string[], options: Options) => {
      const { replay } = await import('../replay.ts');
      end(await replay(process.cwd(), { files, ...options }));
    });
}

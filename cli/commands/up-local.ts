import { type Command, Option } from 'commander';
import { portOption } from './port-option.ts';

/** `cedarwright up-local` */
export function upLocalCommand(program: Command): void {
  program
    .command('up-local')
    .description('deploy to the embedded cloud with the genuine Pulumi engine')
    .argument('[command...]', 'command of the Pulumi CLI and its options, after --', ['up'])
    .addOption(
      new Option('--stack <name>', 'where a cloud runs already: stack to deploy beside its own').default(
        'dev',
      ),
    )
    .addOption(portOption(program))
    .addHelpText(
      'after',
      `
Where an embedded cloud runs, the engine attaches to it. Where none runs, one is started and deployed, until Ctrl-C.

Examples:
  $ npm run up:local
  $ npx cedarwright up-local -- preview --diff
  $ npx cedarwright up-local -- destroy --yes`,
    )
    .action(async (command: string[], { stack, port }: { stack: string; port: number }) => {
      const { upLocal } = await import('../up-local.ts');
      await upLocal(process.cwd(), { command, stack, port });
    });
}

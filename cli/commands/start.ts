import type { Command } from 'commander';
import { portOption } from './port-option.ts';

/** `cedarwright start` */
export function startCommand(program: Command): void {
  program
    .command('start')
    .description('start the embedded cloud and follow tenants/ until Ctrl-C')
    .addOption(portOption(program))
    .addHelpText('after', '\nExample:\n  $ npx cedarwright start --port 5000')
    .action(async ({ port }: { port: number }) => {
      const { start } = await import('../start.ts');
      await start(process.cwd(), port);
    });
}

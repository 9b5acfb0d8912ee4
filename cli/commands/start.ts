import { type Command, Option } from 'commander';

const DEFAULT_PORT = 4000;

/** `cedarwright start` */
export function startCommand(program: Command): void {
  program
    .command('start')
    .description('start the embedded cloud and follow tenants/ until Ctrl-C')
    .addOption(
      new Option('--port <port>', 'port of the gateway; the endpoint takes the next one')
        .default(DEFAULT_PORT)
        .argParser((text) => portNumber(program, text)),
    )
    .addHelpText('after', '\nExample:\n  $ npx cedarwright start --port 5000')
    .action(async ({ port }: { port: number }) => {
      const { start } = await import('../start.ts');
      await start(process.cwd(), port);
    });
}

function portNumber(program: Command, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_534) {
    return program.error(`error: --port ${text} is not a port: take a number from 1 to 65534`);
  }
  return port;
}

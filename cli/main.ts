import { Command, Option } from 'commander';
import { QUIET_AWS_CLIENTS } from '../local/settings.ts';
import { fail } from './fail.ts';

const DEFAULT_PORT = 4000;

// Of this process and of those it starts. The clients are imported by the commands, after this.
Object.assign(process.env, QUIET_AWS_CLIENTS);

const program = new Command('cedarwright')
  .description(
    'Authorization policies for APIs on AWS, typed and checked, with a cloud of your own to try them in.',
  )
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program
  .command('start')
  .description('start the embedded cloud and follow tenants/ until Ctrl-C')
  .addOption(
    new Option('--port <port>', 'port of the gateway; the endpoint takes the next one')
      .default(DEFAULT_PORT)
      .argParser(portNumber),
  )
  .addHelpText('after', '\nExample:\n  $ npx cedarwright start --port 5000')
  .action(async ({ port }: { port: number }) => {
    const { start } = await import('./start.ts');
    await start(process.cwd(), port);
  });

program
  .command('token')
  .description('print an access token of a test user of the running embedded cloud')
  .argument('<tenant>', 'slug of the tenant')
  .argument('<user>', "name of one of the tenant file's users")
  .addHelpText(
    'after',
    '\nExample:\n  $ curl -H "authorization: Bearer $(npx cedarwright token acme alice)" …',
  )
  .action(async (tenant: string, user: string) => {
    const { token } = await import('./token.ts');
    process.stdout.write(`${await token(process.cwd(), tenant, user)}\n`);
  });

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_534) {
    return program.error(`error: --port ${text} is not a port: take a number from 1 to 65534`);
  }
  return port;
}

await program.parseAsync().catch(fail);

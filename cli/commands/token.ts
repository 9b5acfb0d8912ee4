import type { Command } from 'commander';

/** `cedarwright token` */
export function tokenCommand(program: Command): void {
  program
    .command('token')
    .description('print an access token of a test user, or of a service, of the running embedded cloud')
    .argument('<tenant>', 'slug of the tenant')
    .argument('[user]', "name of one of the tenant file's users; none for a service")
    .addHelpText(
      'after',
      `
Examples:
  $ curl -H "authorization: Bearer $(npx cedarwright token acme alice)" …
  $ npx cedarwright token ledger`,
    )
    .action(async (tenant: string, user?: string) => {
      const { token } = await import('../token.ts');
      process.stdout.write(`${await token(process.cwd(), tenant, user)}\n`);
    });
}

import type { Command } from 'commander';

/** `cedarwright token` */
export function tokenCommand(program: Command): void {
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
      const { token } = await import('../token.ts');
      process.stdout.write(`${await token(process.cwd(), tenant, user)}\n`);
    });
}

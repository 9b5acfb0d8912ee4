import type { Command } from 'commander';

/** `cedarwright quotas` */
export function quotasCommand(program: Command): void {
  program
    .command('quotas')
    .description('compare what the tenants take with the limits of an AWS account')
    .option('--json', 'print { "quotas": [{ service, quota, used, limit, raise, exceeded }] }', false)
    .addHelpText(
      'after',
      `
Ends with 10 when a limit is exceeded, and says what to ask AWS for.

Examples:
  $ npx cedarwright quotas
  $ npx cedarwright quotas --json | jq '.quotas[] | select(.used / .limit > 0.8)'`,
    )
    .action(async ({ json }: { json: boolean }) => {
      const { quotas } = await import('../quotas.ts');
      const { text, exitCode } = await quotas(process.cwd(), json);
      process.stdout.write(`${text}\n`);
      process.exitCode = exitCode;
    });
}

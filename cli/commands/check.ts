import type { Command } from 'commander';

/** `cedarwright check` */
export function checkCommand(program: Command): void {
  program
    .command('check')
    .description('check the API document, the tenant files and all types, without deploying anything')
    .option('--json', 'print the mistakes as { "problems": […] }', false)
    .addHelpText(
      'after',
      `
Ends with 1 and every mistake as file:line:column when something is not in order.

Examples:
  $ npx cedarwright check
  $ npx cedarwright check --json | jq -r '.problems[].code'`,
    )
    .action(async ({ json }: { json: boolean }) => {
      const { check } = await import('../check.ts');
      process.stdout.write(`${await check(process.cwd(), json)}\n`);
    });
}

import type { Command } from 'commander';

interface Options {
  readonly tenant?: string;
  readonly json: boolean;
}

/** `cedarwright print` */
export function printCommand(program: Command): void {
  program
    .command('print')
    .description('print the Cedar of the policies that a file exports')
    .argument('<file>', 'a tenant file, the guardrails, or any module that exports policies or lists of them')
    .option('--tenant <slug>', 'whose principals and groups the policies of a shared file speak of')
    .option('--json', 'print { policies: [{ id, template, text, file, line, column }] }', false)
    .addHelpText(
      'after',
      `
Each policy has its id as an annotation @id, which the deployed text does not have. The file runs in the sandbox
that tenant files run in: without files, network or environment.

Examples:
  $ npx cedarwright print tenants/acme.ts
  $ npx cedarwright print tenants/shared/everyone.ts --tenant acme
  $ npx cedarwright print tenants/acme.ts --json | jq -r '.policies[].id'`,
    )
    .action(async (file: string, { tenant, json }: Options) => {
      const { printFile } = await import('../print.ts');
      process.stdout.write(`${await printFile(file, tenant, json)}\n`);
    });
}

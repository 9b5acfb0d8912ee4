import type { Command } from 'commander';

interface Options {
  readonly out: string;
  readonly json: boolean;
}

/** `cedarwright build` */
export function buildCommand(program: Command): void {
  program
    .command('build')
    .description('write the policies and schemas that would be deployed, for review and for other tools')
    .requiredOption('--out <folder>', 'where to: a new or empty folder, or one of an earlier build')
    .option('--json', 'print the paths of the files as { "files": […] }', false)
    .addHelpText(
      'after',
      `
Checks the API document and the tenant files first. For each tenant it writes
  policies.cedar, schema.json          what its policy store gets
  gateway.cedar, gateway-schema.json   the part that is decided before a resource is known
with an annotation @id for each policy, which the deployed text does not have; and beside them
  manifest.json                        tenants and policies with their hashes and sources
  model.json                           the vocabulary that the handlers carry
Handlers, pools and gateways are not among them: \`pulumi preview\` shows those.

Example:
  $ npx cedarwright build --out dist && git diff --no-index dist.before dist`,
    )
    .action(async ({ out, json }: Options) => {
      const { build } = await import('../build/build.ts');
      const files = await build(process.cwd(), out);
      const text = json ? JSON.stringify({ out, files }, undefined, 2) : `${files.length} files in ${out}`;
      process.stdout.write(`${text}\n`);
    });
}

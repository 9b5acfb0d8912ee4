import type { Command } from 'commander';

interface Options {
  readonly schema?: string;
  readonly out?: string;
  readonly json: boolean;
}

/** `cedarwright import` */
export function importCommand(program: Command): void {
  program
    .command('import')
    .description('write existing Cedar policies as typed source')
    .argument('<file>', 'policies: Cedar text, or the JSON form of a policy set or a policy in a .json file')
    .option('--schema <file>', 'their schema: Cedar text, or JSON in a .json file; it becomes types')
    .option('--out <file>', 'where the source goes; its vocabulary, schema.ts, is written beside it')
    .option('--json', 'print { policies, renamed, untyped, files }, with the texts of the files', false)
    .addHelpText(
      'after',
      `
What is written is proved before anybody sees it: it compiles, and it comes to the same policies. Comments,
annotations, templates and links are kept. Cedar that the builders cannot say is an error at file:line:column; a
policy that TypeScript cannot follow, as when a part of it never applies, is written without types, and told.
Without --out the source goes to the terminal. Without --schema no attribute has a type.

Examples:
  $ npx cedarwright import policies.cedar --schema photos.cedarschema --out policies/photos.ts
  $ npx cedarwright print policies/photos.ts`,
    )
    .action(async (file: string, { schema, out, json }: Options) => {
      const { importPolicies } = await import('../import.ts');
      const done = await importPolicies({
        file,
        ...(schema !== undefined && { schema }),
        ...(out !== undefined && { out }),
      });
      process.stdout.write(json ? `${JSON.stringify(done.json, undefined, 2)}\n` : done.stdout);
      if (!json) process.stderr.write(done.stderr);
    });
}

import type { Command } from 'commander';
import { DEFAULT_API, DEFAULT_OUT } from '../../dsl/schema/defaults.ts';

interface Options {
  readonly api?: string;
  readonly authz?: string;
  readonly out: string;
  readonly check: boolean;
  readonly propose: boolean;
  readonly json: boolean;
}

/** `cedarwright schema` */
export function schemaCommand(program: Command): void {
  program
    .command('schema')
    .description('write the vocabulary of the API that an OpenAPI document describes')
    .option(
      '--api <file>',
      `the OpenAPI document (default: "api" of "cedarwright" in package.json, else ${DEFAULT_API})`,
    )
    .option(
      '--authz <file>',
      'words of x-authz for a document that is not edited for it (default: authz.yaml beside it, if there)',
    )
    .option('--out <folder>', 'where the generated files are', DEFAULT_OUT)
    .option('--check', 'write nothing; fail when the files are not what the document gives', false)
    .option('--propose', 'write nothing; print a file for --authz, for a document without x-authz', false)
    .option('--json', 'answer as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  $ npx cedarwright schema --check
  $ npx cedarwright schema --api petstore.yaml --propose > authz.yaml
  $ npx cedarwright schema --api petstore.yaml --authz authz.yaml --out generated`,
    )
    .action(async ({ propose, api: named, ...options }: Options) => {
      const { printProposal, printSchema } = await import('../schema.ts');
      const { apiOf } = await import('../project.ts');
      const api = named ?? (await apiOf(process.cwd()));
      await (propose ? printProposal({ api, ...options }) : printSchema({ api, ...options }));
    });
}

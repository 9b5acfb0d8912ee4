import type { Command } from 'commander';

interface Options {
  readonly api: string;
  readonly out: string;
  readonly name?: string;
  readonly json: boolean;
}

/** `cedarwright init` */
export function initCommand(program: Command): void {
  program
    .command('init')
    .description(
      'make a project for an API: a tenant that allows and denies, its test, a service to start with',
    )
    .requiredOption('--api <file>', 'the OpenAPI document (3.0 or 3.1); it is copied')
    .requiredOption('--out <folder>', 'where to: a new or empty folder')
    .option('--name <name>', "of the package and the Pulumi project (default: the folder's)")
    .option('--json', 'print the name and the files as JSON', false)
    .addHelpText(
      'after',
      `
A document that says nothing of authorization gets an authz.yaml beside it: edit that, not the document.

Example:
  $ npx cedarwright init --api petstore.yaml --out petstore && cd petstore && npm install && npm start`,
    )
    .action(async ({ json, ...options }: Options) => {
      const { init } = await import('../init.ts');
      process.stdout.write(`${await init(options, json)}\n`);
    });
}

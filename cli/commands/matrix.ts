import type { Command } from 'commander';
import { end } from '../ending.ts';
import { checkPolicyOptions, type PolicyOptions, policyOptions } from './policy-options.ts';

/** Where a project keeps its matrix for review. */
const COMMITTED = 'test/policies/access-matrix.json';

interface Options extends PolicyOptions {
  readonly html?: string;
  readonly check?: string | true;
  readonly write?: string | true;
}

/** `cedarwright matrix` */
export function matrixCommand(program: Command): void {
  const command = program
    .command('matrix')
    .description('show who can do what: tenant x group x operation, and on what conditions')
    .argument('[tenants...]', 'slugs; all tenants without', [])
    .option('--html <file>', 'write it as one page: a grid with filters, policies and their places')
    .option('--write [file]', `write it for review (default: ${COMMITTED})`)
    .option('--check [file]', `compare with what was written, and show what moved (default: ${COMMITTED})`);
  policyOptions(command)
    .addHelpText(
      'after',
      `
A cell speaks of all well-formed requests of one kind (principal, action, resource) of somebody in exactly those
groups. Guardrails, which only deny, are left out of the cells and listed once.
Ends with 0; with --check: 10 when something moved, or is less sure than it was.

Examples:
  $ npx cedarwright matrix acme
  $ npx cedarwright matrix --html matrix.html
  $ npx cedarwright matrix --check
  $ npx cedarwright matrix --schema photos.cedarschema --policies photos.cedar`,
    )
    .action(async (tenants: string[], { html, check, write, ...options }: Options) => {
      checkPolicyOptions(command, options, tenants);
      const { matrix } = await import('../matrix.ts');
      end(
        await matrix(process.cwd(), {
          ...options,
          tenants,
          ...(html !== undefined && { html }),
          ...(check !== undefined && { check: fileOf(check) }),
          ...(write !== undefined && { write: fileOf(write) }),
        }),
      );
    });
}

const fileOf = (option: string | true): string => (option === true ? COMMITTED : option);

import { type Command, Option } from 'commander';
import type { Suspended, Where } from '../suspension.ts';
import type { NewKind } from '../tenant-file.ts';

/** `cedarwright tenant`: the life of a tenant. */
export function tenantCommand(program: Command): void {
  const tenant = program.command('tenant').description('begin, suspend, resume and retire tenants');
  tenant
    .command('new')
    .description("begin a tenant's file")
    .argument('<slug>', 'its permanent id: lower case letters, digits and "-"')
    .addOption(
      new Option('--kind <kind>', 'who signs in, and where')
        .choices(['saasTenant', 'customerApp', 'workforceApp', 'serviceClient'])
        .default('saasTenant'),
    )
    .addHelpText('after', '\nExample:\n  $ npx cedarwright tenant new initech --kind customerApp')
    .action(async (slug: string, { kind }: { kind: NewKind }) => {
      const { newTenant } = await import('../tenant-file.ts');
      process.stdout.write(`${await newTenant(process.cwd(), slug, kind)}\n`);
    });
  suspension(tenant, 'suspend', 'refuse a tenant everywhere, at once and until it is resumed')
    .option('--by <who>', 'who suspends it (default: your user name on this machine)')
    .addHelpText(
      'after',
      `
No token is issued or renewed, every request is refused and open sockets are closed. No deployment changes that.
Without --stack and --endpoint it is the embedded cloud that runs here.

Examples:
  $ npx cedarwright tenant suspend acme
  $ AWS_PROFILE=security npx cedarwright tenant suspend acme --stack prod --by "on call, INC-1042"`,
    )
    .action(async (slug: string, { json, ...options }: SuspensionOptions) => {
      const { suspendTenant } = await import('../suspension.ts');
      tell(await suspendTenant(process.cwd(), slug, options, note), json);
    });
  suspension(tenant, 'resume', 'end the suspension of a tenant')
    .addHelpText('after', '\nExample:\n  $ npx cedarwright tenant resume acme')
    .action(async (slug: string, { json, ...options }: SuspensionOptions) => {
      const { resumeTenant } = await import('../suspension.ts');
      tell(await resumeTenant(process.cwd(), slug, options, note), json);
    });
  tenant
    .command('retire')
    .description("say in a tenant's file that it is to go; two deployments lead there")
    .argument('<slug>', 'slug of the tenant')
    .addHelpText('after', '\nExample:\n  $ npx cedarwright tenant retire acme')
    .action(async (slug: string) => {
      const { retireTenant } = await import('../tenant-file.ts');
      process.stdout.write(`${await retireTenant(process.cwd(), slug)}\n`);
    });
}

interface SuspensionOptions extends Where {
  readonly by?: string;
  readonly json: boolean;
}

const suspension = (tenant: Command, name: string, description: string): Command =>
  tenant
    .command(name)
    .description(description)
    .argument('<slug>', 'slug of the tenant')
    .option('--stack <name>', 'a stack on AWS; your credentials are those of its security role')
    .addOption(new Option('--endpoint <url>', 'an embedded cloud').conflicts('stack'))
    .option('--json', 'print { "tenant", "state", "since", "by", "changed", "flushed" }', false);

const note = (text: string): void => void process.stderr.write(`${text}\n`);

function tell(result: Suspended, json: boolean): void {
  process.stdout.write(`${json ? JSON.stringify(result, undefined, 2) : inWords(result)}\n`);
}

function inWords({ tenant, state, since, by, changed, flushed }: Suspended): string {
  const stages = `${flushed} ${flushed === 1 ? 'stage has' : 'stages have'} forgotten what was decided before`;
  if (state === 'active') return `${tenant} ${changed ? 'is active again' : 'was not suspended'}; ${stages}`;
  const what = changed ? 'is refused everywhere,' : 'was suspended already,';
  return `${tenant} ${what} since ${since} by ${by}; ${stages}`;
}

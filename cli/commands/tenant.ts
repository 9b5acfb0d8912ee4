import { type Command, Option } from 'commander';
import type { NewKind } from '../tenant-file.ts';

/** `cedarwright tenant`: the life of a tenant. */
export function tenantCommand(program: Command): void {
  const tenant = program.command('tenant').description('begin and retire tenants');
  tenant
    .command('new')
    .description("begin a tenant's file")
    .argument('<slug>', 'its permanent id: lower case letters, digits and "-"')
    .addOption(
      new Option('--kind <kind>', 'how its users sign in')
        .choices(['saasTenant', 'customerApp'])
        .default('saasTenant'),
    )
    .addHelpText('after', '\nExample:\n  $ npx cedarwright tenant new initech --kind customerApp')
    .action(async (slug: string, { kind }: { kind: NewKind }) => {
      const { newTenant } = await import('../tenant-file.ts');
      process.stdout.write(`${await newTenant(process.cwd(), slug, kind)}\n`);
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

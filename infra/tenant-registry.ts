import * as pulumi from '@pulumi/pulumi';
import { GuardedTable } from './table.ts';
import type { SecurityRole } from './security-role.ts';

export interface TenantRegistryArgs {
  readonly security: SecurityRole;
  readonly protect: boolean;
}

/** Who is who: issuer -> tenant (registry), and the attributes that token hooks add (subjects). */
export class TenantRegistry extends pulumi.ComponentResource {
  readonly registry: GuardedTable;
  readonly subjects: GuardedTable;

  constructor(
    name: string,
    { security, protect }: TenantRegistryArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('cedarwright:infra:TenantRegistry', name, {}, opts);
    const table = (what: string): GuardedTable =>
      new GuardedTable(what, { what, protect, writer: security.arn }, { parent: this });
    this.registry = table('registry');
    this.subjects = table('subjects');
    this.registerOutputs();
  }
}

import * as pulumi from '@pulumi/pulumi';
import type { IssuerIdentity } from '../dsl/tenants/identity.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { Platform } from './pool-tenant.ts';
import { registryRow } from './registry-row.ts';
import { TenantPolicies } from './tenant-policies.ts';
import { issuerSources } from './token-source.ts';

/** A tenant whose people bring tokens of their own issuer: no user pool, and a registry row for each application. */
export class IssuerTenant extends pulumi.ComponentResource {
  readonly policies: TenantPolicies;
  /** Resolves once the stores, which may be protected, are as they should be. */
  readonly settled: pulumi.Output<unknown>;

  constructor(
    tenant: Tenant,
    identity: IssuerIdentity,
    platform: Platform,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { slug } = tenant;
    super('cedarwright:infra:IssuerTenant', slug, {}, opts);
    const { model, protect, governance, security, registered, registry } = platform;
    this.policies = new TenantPolicies(
      `${slug}-policies`,
      { tenant, governance, securityProvider: security.provider, protect },
      { parent: this },
    );
    this.settled = pulumi.all([this.policies.store.id, this.policies.gatewayStore.id]);
    if (registered) {
      const { policies } = this;
      const common = { tenant, registry, securityProvider: security.provider, policies };
      for (const [index, source] of issuerSources(tenant, model, identity).entries())
        registryRow(`${slug}-registry-row-${identity.clients[index]}`, { ...common, source }, this);
    }
    this.registerOutputs();
  }
}

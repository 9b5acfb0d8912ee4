import type * as pulumi from '@pulumi/pulumi';
import type { Service } from '../dsl/tenants/service.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { FederationOf } from './federation-config.ts';
import { IssuerTenant } from './issuer-tenant.ts';
import { CustomerApp, type Platform, SaasTenant, WorkforceApp } from './pool-tenant.ts';
import { ServiceClient, type ServiceTerms } from './service-client.ts';
import type { TokenHook } from './token-hook.ts';

/** What only some tenants need. */
export interface SignInMeans {
  readonly hook: TokenHook;
  /** Of tenants whose roles are in Postgres. */
  readonly databaseHook: TokenHook | undefined;
  readonly federationOf: FederationOf;
  readonly serviceTermsOf: (service: Service) => ServiceTerms;
}

/** Whatever a tenant's kind and issuer make of it. */
export function deployTenant(
  { hook, databaseHook, federationOf, serviceTermsOf }: SignInMeans,
  tenant: Tenant,
  platform: Platform,
  opts?: pulumi.ComponentResourceOptions,
): { readonly settled: pulumi.Output<unknown> } {
  const { identity, service, kind, slug } = tenant;
  if (service) return new ServiceClient({ ...tenant, service }, platform, serviceTermsOf(service), opts);
  if (identity?.kind === 'issuer') return new IssuerTenant(tenant, identity, platform, opts);
  if (identity) return new WorkforceApp(tenant, platform, hook, { identity, ...federationOf(slug) }, opts);
  return kind === 'saasTenant'
    ? new SaasTenant(tenant, platform, hook, opts)
    : new CustomerApp(tenant, platform, databaseHook!, opts);
}

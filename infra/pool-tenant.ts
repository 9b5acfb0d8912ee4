import * as pulumi from '@pulumi/pulumi';
import type { Model } from '../cedar/model.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { Account } from './account.ts';
import type { PolicyGovernance } from './policy-governance.ts';
import type { FederationArgs } from './federation.ts';
import { registryRow } from './registry-row.ts';
import type { SecurityRole } from './security-role.ts';
import { TenantPolicies } from './tenant-policies.ts';
import { TenantPool } from './tenant-pool.ts';
import type { TenantRegistry } from './tenant-registry.ts';
import type { TokenHook } from './token-hook.ts';
import { poolSource } from './token-source.ts';

/** What every tenant is built on. */
export interface Platform {
  readonly account: Account;
  readonly model: Model;
  readonly registry: TenantRegistry;
  readonly governance: PolicyGovernance;
  readonly security: SecurityRole;
  readonly protect: boolean;
  /** Whether the registry knows them: a tenant that it does not know gets no token and no request through. */
  readonly registered: boolean;
}

/** How people come by a pool's tokens. */
interface SignIn {
  readonly hook: TokenHook;
  /** Whether the pool belongs to one tenant for ever. */
  readonly bindTenant: boolean;
  readonly federation?: FederationArgs;
}

/** A tenant whose users sign in at a pool of its own: pool, client, groups, policies, registry row. */
export abstract class PoolTenant extends pulumi.ComponentResource {
  readonly pool: TenantPool;
  readonly policies: TenantPolicies;
  /** Resolves once pool and stores, which may be protected, are as they should be. */
  readonly settled: pulumi.Output<unknown>;

  protected constructor(
    type: string,
    tenant: Tenant,
    platform: Platform,
    { hook, bindTenant, federation }: SignIn,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { slug } = tenant;
    super(type, slug, {}, opts);
    const { account, model, protect, governance, security } = platform;
    this.pool = new TenantPool(
      `${slug}-pool`,
      {
        slug,
        groups: [...Object.keys(model.groups), ...tenant.groups],
        tokenHookArn: hook.arn,
        bindTenant,
        account,
        protect,
        ...(federation && { federation }),
      },
      { parent: this },
    );
    this.policies = new TenantPolicies(
      `${slug}-policies`,
      {
        tenant,
        governance,
        securityProvider: security.provider,
        protect,
        tokens: { pool: this.pool, model },
      },
      { parent: this },
    );
    this.settled = pulumi.all([this.pool.pool.id, this.policies.store.id, this.policies.gatewayStore.id]);
    if (platform.registered) {
      registryRow(
        `${slug}-registry-row`,
        {
          tenant,
          registry: platform.registry,
          securityProvider: security.provider,
          source: poolSource(tenant, model, account, this.pool),
          policies: this.policies,
        },
        this,
      );
    }
    this.registerOutputs();
  }
}

/** A business customer with its own people: a pool and two policy stores that nobody shares. */
export class SaasTenant extends PoolTenant {
  constructor(tenant: Tenant, platform: Platform, hook: TokenHook, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:SaasTenant', tenant, platform, { hook, bindTenant: true }, opts);
  }
}

/** An application whose customers sign in themselves; their roles are in Postgres. */
export class CustomerApp extends PoolTenant {
  constructor(tenant: Tenant, platform: Platform, hook: TokenHook, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:CustomerApp', tenant, platform, { hook, bindTenant: false }, opts);
  }
}

/** An application for the company's own people, who sign in at its identity provider. */
export class WorkforceApp extends PoolTenant {
  constructor(
    tenant: Tenant,
    platform: Platform,
    hook: TokenHook,
    federation: FederationArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const signIn = { hook, bindTenant: false, federation };
    super('cedarwright:infra:WorkforceApp', tenant, platform, signIn, opts);
  }
}

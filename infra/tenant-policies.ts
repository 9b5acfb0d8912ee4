import * as pulumi from '@pulumi/pulumi';
import { marshall } from '@aws-sdk/util-dynamodb';
import { TableItem } from '@pulumi/aws/dynamodb/index.js';
import { IdentitySource, PolicyStore, Schema } from '@pulumi/aws/verifiedpermissions/index.js';
import { policyKey, type PolicyItem, type ReleaseItem, type SourcesItem } from '../authz/tables/policies.ts';
import { GROUP_TYPE, type Model } from '../cedar/model.ts';
import { principalTypeOf } from '../cedar/token-form.ts';
import type { StoreSchema, Tenant } from '../dsl/tenants/tenant.ts';
import type { PolicyGovernance } from './policy-governance.ts';
import { physicalName } from './names.ts';
import type { TenantPool } from './tenant-pool.ts';

export interface TenantPoliciesArgs {
  readonly tenant: Tenant;
  readonly governance: PolicyGovernance;
  /** Whose tokens the gateway's store may be asked with. */
  readonly tokens?: { readonly pool: TenantPool; readonly model: Model };
  readonly securityProvider: pulumi.ProviderResource;
  readonly protect: boolean;
}

/** A tenant's two policy stores, its policies as items, and the release that activates them as one. */
export class TenantPolicies extends pulumi.ComponentResource {
  /** The full set, which the backend phase asks. */
  readonly store: PolicyStore;
  /** The set projected to what is known at the gateway. */
  readonly gatewayStore: PolicyStore;

  constructor(name: string, args: TenantPoliciesArgs, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:TenantPolicies', name, {}, opts);
    const { tenant } = args;
    const tokens = tenant.decisionMode === 'verified-permissions-with-token' ? args.tokens : undefined;
    const [store, schema] = this.makeStore(`${name}-store`, tenant.slug, tenant.schema, args.protect);
    const [gatewayStore, gatewaySchema] = this.makeStore(
      // Another store, and an empty one, for policies in another form: asked in the wrong form, a forbid would be silent.
      `${name}-${tokens ? 'token' : 'gateway'}-store`,
      `${tenant.slug} ${tokens ? 'gateway, by token' : 'gateway'}`,
      tenant.gatewaySchema,
      args.protect,
    );
    this.store = store;
    this.gatewayStore = gatewayStore;
    const source = tokens ? [this.makeIdentitySource(name, tenant, tokens)] : [];
    const items = this.makeItems(name, args);
    const release: pulumi.Output<ReleaseItem> = pulumi
      .all([store.id, gatewayStore.id, tokens?.pool.pool.id])
      .apply(([id, gatewayId, userPoolId]) => ({
        ...policyKey.release(tenant.slug),
        policyStoreId: id,
        gatewayPolicyStoreId: gatewayId,
        schemaSha256: tenant.schema.sha256,
        gatewaySchemaSha256: tenant.gatewaySchema.sha256,
        ...(userPoolId !== undefined && {
          token: { kind: tenant.kind, use: tenant.tokenUse, userPoolId },
        }),
        policies: Object.fromEntries(tenant.policies.map(({ id: policy, sha256 }) => [policy, sha256])),
      }));
    // Last of all: whoever sees a release finds everything that it names.
    this.makeItem(`${name}-release`, args, release, [...items, ...source, schema, gatewaySchema]);
    this.registerOutputs();
  }

  private makeStore(
    name: string,
    what: string,
    schema: StoreSchema,
    protect: boolean,
  ): [PolicyStore, Schema] {
    const store = new PolicyStore(
      name,
      {
        validationSettings: { mode: 'STRICT' },
        description: physicalName(what),
        deletionProtection: protect ? 'ENABLED' : 'DISABLED',
      },
      { parent: this, protect },
    );
    const stored = new Schema(
      `${name}-schema`,
      { policyStoreId: store.id, definition: { value: schema.cedarJson } },
      { parent: this },
    );
    return [store, stored];
  }

  /** How Verified Permissions makes principals and groups of the pool's tokens: by the types of the API. */
  private makeIdentitySource(
    name: string,
    { kind }: Tenant,
    { pool, model }: NonNullable<TenantPoliciesArgs['tokens']>,
  ): IdentitySource {
    const qualified = (type: string): string => `${model.namespace}::${type}`;
    const [principalType = ''] = principalTypeOf(model, kind) ?? [];
    return new IdentitySource(
      `${name}-identity-source`,
      {
        policyStoreId: this.gatewayStore.id,
        principalEntityType: qualified(principalType),
        configuration: {
          cognitoUserPoolConfiguration: {
            userPoolArn: pool.pool.arn,
            clientIds: [pool.client.id],
            groupConfiguration: { groupEntityType: qualified(GROUP_TYPE) },
          },
        },
      },
      { parent: this },
    );
  }

  private makeItems(name: string, args: TenantPoliciesArgs): TableItem[] {
    const { slug, policies } = args.tenant;
    const items = policies.map(({ id, statement, effect, scopeHash, sha256 }) => {
      const item: PolicyItem = { ...policyKey.policy(slug, id), statement, effect, scopeHash, sha256 };
      return this.makeItem(`${name}-policy-${id}`, args, pulumi.output(item));
    });
    const sources: SourcesItem = {
      ...policyKey.sources(slug),
      // Files only: with lines in it, a comment anywhere above would be a change.
      sites: Object.fromEntries(policies.map(({ id, site }) => [id, site.file])),
    };
    this.makeItem(`${name}-sources`, args, pulumi.output(sources));
    return items;
  }

  private makeItem<T extends object>(
    name: string,
    { governance, securityProvider }: TenantPoliciesArgs,
    item: pulumi.Output<T>,
    dependsOn: pulumi.Resource[] = [],
  ): TableItem {
    const { table, guard } = governance.policies;
    return new TableItem(
      name,
      {
        tableName: table.name,
        hashKey: table.hashKey,
        rangeKey: 'sk',
        item: (item as pulumi.Output<object>).apply((value) => JSON.stringify(marshall(value))),
      },
      { parent: this, provider: securityProvider, dependsOn: [guard, ...dependsOn] },
    );
  }
}

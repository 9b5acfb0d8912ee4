import * as pulumi from '@pulumi/pulumi';
import { marshall } from '@aws-sdk/util-dynamodb';
import { UserPoolClient } from '@pulumi/aws/cognito/index.js';
import { TableItem } from '@pulumi/aws/dynamodb/index.js';
import { subjectKey, type SubjectRow } from '../authz/tables/subjects.ts';
import type { Service } from '../dsl/tenants/service.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { MachinePool } from './machine-pool.ts';
import { physicalName } from './names.ts';
import type { Platform } from './pool-tenant.ts';
import { registryRow } from './registry-row.ts';
import { TenantPolicies } from './tenant-policies.ts';
import { poolSource } from './token-source.ts';
import { ACCESS_TOKEN_MINUTES } from './token-life.ts';

/** What a service is deployed with, beside its file. */
export interface ServiceTerms {
  readonly machines: MachinePool;
  /** Requests a second that its tier's plan allows in the long run. */
  readonly rateLimit: number;
}

/** Another system: a client of the shared pool, policy stores of its own, and what its tokens say of it. */
export class ServiceClient extends pulumi.ComponentResource {
  readonly client: UserPoolClient;
  readonly policies: TenantPolicies;
  /** Resolves once what may be protected is as it should be. */
  readonly settled: pulumi.Output<unknown>;

  constructor(
    tenant: Tenant & { readonly service: Service },
    platform: Platform,
    { machines, rateLimit }: ServiceTerms,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { slug, service } = tenant;
    super('cedarwright:infra:ServiceClient', slug, {}, opts);
    const { account, model, governance, protect, registry, security } = platform;
    const { pool } = machines;
    this.client = new UserPoolClient(
      `${slug}-service-client`,
      {
        name: physicalName(slug),
        userPoolId: pool.id,
        generateSecret: true,
        allowedOauthFlowsUserPoolClient: true,
        allowedOauthFlows: ['client_credentials'],
        allowedOauthScopes: machines.scopes(service.scopes),
        // There are no users; what is left out would let them sign in by password.
        explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
        preventUserExistenceErrors: 'ENABLED',
        enableTokenRevocation: true,
        accessTokenValidity: ACCESS_TOKEN_MINUTES,
        tokenValidityUnits: { accessToken: 'minutes' },
      },
      { parent: this },
    );
    this.policies = new TenantPolicies(
      `${slug}-policies`,
      { tenant, governance, securityProvider: security.provider, protect },
      { parent: this },
    );
    this.settled = pulumi.all([pool.id, this.policies.store.id, this.policies.gatewayStore.id]);
    this.makeSubject(tenant, platform, rateLimit);
    if (platform.registered) {
      const source = poolSource(tenant, model, account, { pool, client: this.client });
      registryRow(
        `${slug}-registry-row`,
        { tenant, registry, securityProvider: security.provider, source, policies: this.policies },
        this,
      );
    }
    this.registerOutputs();
  }

  /** What the token hook reads of it: all but the groups where the API document has attributes of these names. */
  private makeSubject(
    { slug, service }: Tenant & { readonly service: Service },
    { registry, security }: Platform,
    rateLimit: number,
  ): void {
    const { table, guard } = registry.subjects;
    const row = this.client.id.apply((clientId): SubjectRow => ({
      ...subjectKey.client(slug, clientId),
      attributes: { ...service.attributes, serviceId: slug, tier: service.tier, rateLimit },
      groups: service.groups,
    }));
    new TableItem(
      `${slug}-subject`,
      {
        tableName: table.name,
        hashKey: table.hashKey,
        rangeKey: 'sk',
        item: row.apply((value) => JSON.stringify(marshall(value))),
      },
      { parent: this, provider: security.provider, dependsOn: [guard] },
    );
  }
}

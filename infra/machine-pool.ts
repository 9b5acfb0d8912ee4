import * as pulumi from '@pulumi/pulumi';
import { marshall } from '@aws-sdk/util-dynamodb';
import { ResourceServer, UserPool, UserPoolDomain } from '@pulumi/aws/cognito/index.js';
import { TableItem } from '@pulumi/aws/dynamodb/index.js';
import { CALL, scopeOf } from '../authz/enrich/scopes.ts';
import { cognitoIssuer } from '../authz/identity/cognito-issuer.ts';
import { registryKey, type SharedRow } from '../authz/tables/registry.ts';
import type { Model } from '../cedar/model.ts';
import type { Problem } from '../dsl/check/problem.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { Account } from './account.ts';
import { signInDomain } from './federation.ts';
import { physicalName } from './names.ts';
import type { SecurityRole } from './security-role.ts';
import type { TenantRegistry } from './tenant-registry.ts';

export interface MachinePoolArgs {
  readonly account: Account;
  readonly model: Model;
  readonly registry: TenantRegistry;
  readonly security: SecurityRole;
  readonly tokenHookArn: pulumi.Input<string>;
  readonly protect: boolean;
}

/** Too short to be a tenant's: the two would claim the same address. */
const NO_SLUG = 'm';

/** A resource server has at most 100 scopes (Cognito quotas), one of which is no group's. */
const MOST_SCOPES = 99;

interface Tenants {
  readonly active: readonly Kinded[];
  readonly retiring: readonly Kinded[];
}
type Kinded = Pick<Tenant, 'kind'>;
const isService = ({ kind }: Kinded): boolean => kind === 'serviceClient';

/** Whether there is to be a pool, and whether it may be protected: with the last service, it goes too. */
export function isNeeded({ active, retiring }: Tenants): { readonly made: boolean; readonly kept: boolean } {
  const kept = active.some(isService);
  return { made: kept || retiring.some(isService), kept };
}

/** The pool, where there are services. */
export function machinePool(
  name: string,
  tenants: Tenants,
  { protect, ...args }: MachinePoolArgs,
): MachinePool | undefined {
  const { made, kept } = isNeeded(tenants);
  return made ? new MachinePool(name, { ...args, protect: protect && kept }) : undefined;
}

/** More groups of operations than there can be scopes. */
export function scopeProblems(
  { actionGroups }: Model,
  tenants: readonly (Kinded & Pick<Tenant, 'file'>)[],
): Problem[] {
  const groups = Object.keys(actionGroups).length;
  return tenants
    .filter((tenant) => groups > MOST_SCOPES && isService(tenant))
    .map(({ file }) => ({
      code: 'LIMIT_SCOPES',
      message: `${file} needs a scope for each of ${groups} action groups; a resource server of Cognito has ${MOST_SCOPES} at most`,
      remedy: 'have fewer action groups in the API document',
    }));
}

/**
 * The user pool of all services: it has clients and no users. Whose client is whose, the registry says, client by
 * client; a row for any client of this issuer cannot be.
 */
export class MachinePool extends pulumi.ComponentResource {
  readonly pool: UserPool;
  readonly domain: UserPoolDomain;
  readonly resourceServer: ResourceServer;
  /** Of `client_credentials` (Cognito Developer Guide, "Token endpoint"). */
  readonly tokenUrl: pulumi.Output<string>;

  constructor(name: string, args: MachinePoolArgs, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:MachinePool', name, {}, opts);
    const { account, model, registry, security, protect } = args;
    this.pool = new UserPool(
      name,
      {
        name: physicalName(name),
        // Triggers of version 3, the only ones that see tokens of machines, need it.
        userPoolTier: 'ESSENTIALS',
        adminCreateUserConfig: { allowAdminCreateUserOnly: true },
        lambdaConfig: { preTokenGenerationConfig: { lambdaArn: args.tokenHookArn, lambdaVersion: 'V3_0' } },
        deletionProtection: protect ? 'ACTIVE' : 'INACTIVE',
      },
      { parent: this, protect },
    );
    // Serves the token endpoint.
    this.domain = new UserPoolDomain(
      `${name}-domain`,
      { domain: account.id.apply((id) => signInDomain(NO_SLUG, id)), userPoolId: this.pool.id },
      { parent: this },
    );
    this.tokenUrl = pulumi.interpolate`https://${this.domain.domain}.auth.${account.region}.amazoncognito.com/oauth2/token`;
    this.resourceServer = new ResourceServer(
      `${name}-api`,
      {
        userPoolId: this.pool.id,
        identifier: model.namespace.toLowerCase(),
        name: model.namespace,
        scopes: [
          { scopeName: CALL, scopeDescription: 'Call the API' },
          ...Object.keys(model.actionGroups)
            .filter((group) => group !== CALL)
            .map((group) => ({ scopeName: scopeOf(group), scopeDescription: `Operations in ${group}` })),
        ],
      },
      { parent: this },
    );
    this.refuseAnyClient(`${name}-shared`, account, registry, security);
    this.registerOutputs();
  }

  /** As clients and tokens name them. */
  scopes(actionGroups: readonly string[]): pulumi.Output<string[]> {
    const names = [CALL, ...actionGroups.map(scopeOf)];
    return this.resourceServer.identifier.apply((server) => names.map((scope) => `${server}/${scope}`));
  }

  /** Takes the place that such a row would need: the provider writes no item over another. */
  private refuseAnyClient(
    name: string,
    account: Account,
    { registry: { table, guard } }: TenantRegistry,
    { provider }: SecurityRole,
  ): void {
    const row = pulumi.all([account.region, this.pool.id]).apply(([region, poolId]): SharedRow => ({
      ...registryKey.anyClient(cognitoIssuer(region, poolId)),
      shared: true,
    }));
    new TableItem(
      name,
      {
        tableName: table.name,
        hashKey: table.hashKey,
        rangeKey: 'sk',
        item: row.apply((value) => JSON.stringify(marshall(value))),
      },
      { parent: this, provider, dependsOn: [guard] },
    );
  }
}

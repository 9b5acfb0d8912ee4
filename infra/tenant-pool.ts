import * as pulumi from '@pulumi/pulumi';
import { UserGroup, UserPool, UserPoolClient } from '@pulumi/aws/cognito/index.js';
import type { Account } from './account.ts';
import { federate, type FederationArgs } from './federation.ts';
import { physicalName } from './names.ts';
import { ACCESS_TOKEN_MINUTES } from './token-life.ts';

export interface TenantPoolArgs {
  readonly slug: string;
  readonly groups: readonly string[];
  readonly tokenHookArn: pulumi.Input<string>;
  /** The pool belongs to one tenant for ever: its users carry the slug in an attribute that nobody can change. */
  readonly bindTenant: boolean;
  readonly account: Account;
  /** Set for pools whose people sign in elsewhere. */
  readonly federation?: FederationArgs;
  readonly protect: boolean;
}

/** A user pool with one client. Users are made by administrators: nobody signs themselves up to a tenant. */
export class TenantPool extends pulumi.ComponentResource {
  readonly pool: UserPool;
  readonly client: UserPoolClient;

  constructor(name: string, args: TenantPoolArgs, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:TenantPool', name, {}, opts);
    this.pool = new UserPool(
      name,
      {
        name: physicalName(args.slug),
        userPoolTier: 'ESSENTIALS', // pre token generation V2, which writes access tokens, needs it
        adminCreateUserConfig: { allowAdminCreateUserOnly: true },
        ...(args.bindTenant && { schemas: [TENANT_ATTRIBUTE] }),
        passwordPolicy: {
          minimumLength: 12,
          requireLowercase: true,
          requireUppercase: true,
          requireNumbers: true,
          requireSymbols: false,
          temporaryPasswordValidityDays: 7,
        },
        lambdaConfig: { preTokenGenerationConfig: { lambdaArn: args.tokenHookArn, lambdaVersion: 'V2_0' } },
        deletionProtection: args.protect ? 'ACTIVE' : 'INACTIVE',
      },
      { parent: this, protect: args.protect },
    );
    const federated =
      args.federation && federate(name, args.slug, this.pool, args.account, args.federation, this);
    this.client = new UserPoolClient(
      `${name}-client`,
      {
        name: physicalName(args.slug),
        userPoolId: this.pool.id,
        explicitAuthFlows: [
          'ALLOW_USER_SRP_AUTH',
          'ALLOW_ADMIN_USER_PASSWORD_AUTH',
          'ALLOW_REFRESH_TOKEN_AUTH',
        ],
        preventUserExistenceErrors: 'ENABLED',
        enableTokenRevocation: true,
        accessTokenValidity: ACCESS_TOKEN_MINUTES,
        idTokenValidity: ACCESS_TOKEN_MINUTES,
        refreshTokenValidity: 30,
        tokenValidityUnits: { accessToken: 'minutes', idToken: 'minutes', refreshToken: 'days' },
        // Without these lists a client may write every attribute, those that decide about access included.
        readAttributes: ['email', 'email_verified'],
        writeAttributes: ['email'],
        ...federated?.client,
      },
      { parent: this, ...(federated && { dependsOn: [...federated.dependsOn] }) },
    );
    for (const group of args.groups) {
      new UserGroup(`${name}-${group}`, { userPoolId: this.pool.id, name: group }, { parent: this });
    }
    this.registerOutputs();
  }
}

const TENANT_ATTRIBUTE = {
  name: 'tenant_id',
  attributeDataType: 'String',
  mutable: false,
  required: false,
  stringAttributeConstraints: { minLength: '2', maxLength: '31' },
};

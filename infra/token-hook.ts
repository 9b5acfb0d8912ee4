import * as pulumi from '@pulumi/pulumi';
import type { Table } from '@pulumi/aws/dynamodb/index.js';
import { Permission } from '@pulumi/aws/lambda/index.js';
import type { Account } from './account.ts';
import type { Database } from './config-keys.ts';
import { HandlerFunction } from './function.ts';
import type { TenantRegistry } from './tenant-registry.ts';

export interface TokenHookArgs {
  readonly account: Account;
  readonly bundle: string;
  readonly registry: TenantRegistry;
  /** Where the published policies are, by which tokens get permissions. */
  readonly syncState: Table;
  /** Set for the hook of pools whose roles are in Postgres: it runs inside the database's network. */
  readonly database?: Database;
}

/**
 * The pre token generation trigger. One function serves every pool: it finds the tenant through the registry by the
 * pool and client of the event, which only Cognito can call it with.
 */
export class TokenHook extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: TokenHookArgs, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:TokenHook', name, {}, opts);
    const { registry, subjects } = args.registry;
    const hook = new HandlerFunction(
      name,
      {
        bundle: args.bundle,
        // Cognito gives a trigger 5 seconds (Cognito Developer Guide, "Customizing user pool workflows").
        timeoutSeconds: 5,
        environment: {
          REGISTRY_TABLE: registry.table.name,
          SUBJECTS_TABLE: subjects.table.name,
          SYNC_STATE_TABLE: args.syncState.name,
          ...(args.database && {
            DATABASE_SECRET_ARN: args.database.secretArn,
            // Where Lambda keeps the authorities that sign RDS certificates; Node does not load them by itself.
            NODE_EXTRA_CA_CERTS: '/var/runtime/ca-cert.pem',
          }),
        },
        statements: [
          {
            Effect: 'Allow',
            Action: ['dynamodb:GetItem'],
            Resource: [registry.table.arn, subjects.table.arn, args.syncState.arn],
          },
          ...(args.database
            ? [
                {
                  Effect: 'Allow',
                  Action: ['secretsmanager:GetSecretValue'],
                  Resource: args.database.secretArn,
                } as const,
              ]
            : []),
        ],
        ...(args.database && { vpc: { ...args.database, account: args.account } }),
      },
      { parent: this },
    );
    const permission = new Permission(
      `${name}-by-cognito`,
      {
        action: 'lambda:InvokeFunction',
        function: hook.function.name,
        principal: 'cognito-idp.amazonaws.com',
        // One ARN for the type: function policies end at 20 kB, which some 100 pools would fill.
        sourceArn: pulumi.interpolate`arn:aws:cognito-idp:${args.account.region}:${args.account.id}:userpool/*`,
        sourceAccount: args.account.id,
      },
      { parent: this },
    );
    this.arn = pulumi.all([hook.function.arn, permission.id]).apply(([arn]) => arn);
    this.registerOutputs();
  }
}

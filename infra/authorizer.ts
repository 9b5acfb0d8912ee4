import * as pulumi from '@pulumi/pulumi';
import type { Account } from './account.ts';
import type { Settings } from './config-keys.ts';
import { HandlerFunction } from './function.ts';
import type { PolicyGovernance } from './policy-governance.ts';
import type { TenantRegistry } from './tenant-registry.ts';

export interface AuthorizerArgs {
  readonly settings: Settings;
  readonly account: Account;
  readonly bundle: string;
  readonly registry: TenantRegistry;
  readonly governance: PolicyGovernance;
}

/** The one function behind the authorizers of every gateway. */
export class Authorizer extends pulumi.ComponentResource {
  readonly handler: HandlerFunction;

  constructor(name: string, args: AuthorizerArgs, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:Authorizer', name, {}, opts);
    const registry = args.registry.registry.table;
    const syncState = args.governance.syncState.table;
    this.handler = new HandlerFunction(
      name,
      {
        bundle: args.bundle,
        timeoutSeconds: 10,
        environment: {
          REGISTRY_TABLE: registry.name,
          SYNC_STATE_TABLE: syncState.name,
          REGISTRY_STALENESS_SECONDS: String(args.settings.registryStalenessSeconds),
          ...(args.settings.webSocketOperation !== undefined && {
            WEBSOCKET_OPERATION: args.settings.webSocketOperation,
          }),
        },
        statements: [
          { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: [registry.arn, syncState.arn] },
          {
            Effect: 'Allow',
            Action: ['verifiedpermissions:IsAuthorized', 'verifiedpermissions:IsAuthorizedWithToken'],
            Resource: pulumi.interpolate`arn:aws:verifiedpermissions::${args.account.id}:policy-store/*`,
          },
        ],
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}

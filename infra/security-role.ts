import * as pulumi from '@pulumi/pulumi';
import { Provider } from '@pulumi/aws/provider.js';
import { Role, RolePolicy } from '@pulumi/aws/iam/index.js';
import type { Account } from './account.ts';
import { physicalName } from './names.ts';

export interface SecurityRoleArgs {
  readonly account: Account;
  /** A role of the security team. Absent in dev: the stack makes one that its own account may assume. */
  readonly existingArn?: string;
}

/** The role that owns policies and the registry. All items are written through `provider`, which assumes it. */
export class SecurityRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly provider: Provider;

  constructor(
    name: string,
    { account, existingArn }: SecurityRoleArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('cedarwright:infra:SecurityRole', name, {}, opts);
    this.arn = existingArn ? pulumi.output(existingArn) : this.makeRole(name, account);
    this.provider = new Provider(
      `${name}-provider`,
      { region: account.region, assumeRoles: [{ roleArn: this.arn }] },
      { parent: this },
    );
    this.registerOutputs();
  }

  private makeRole(name: string, account: Account): pulumi.Output<string> {
    const role = new Role(
      `${name}-role`,
      {
        name: physicalName(name),
        assumeRolePolicy: pulumi.jsonStringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sts:AssumeRole',
              Principal: { AWS: pulumi.interpolate`arn:aws:iam::${account.id}:root` },
            },
          ],
        }),
      },
      { parent: this },
    );
    const tables = ['registry', 'policies', 'subjects'].map(
      (what) =>
        pulumi.interpolate`arn:aws:dynamodb:${account.region}:${account.id}:table/${physicalName(what)}`,
    );
    const rights = new RolePolicy(
      `${name}-rights`,
      {
        role: role.name,
        policy: pulumi.jsonStringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['GetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem'].map(
                (op) => `dynamodb:${op}`,
              ),
              Resource: tables,
            },
            {
              // Whoever suspends a tenant makes the gateways forget what they had decided.
              Effect: 'Allow',
              Action: ['apigateway:DELETE'],
              Resource: ['restapis', 'apis'].map(
                (kind) =>
                  pulumi.interpolate`arn:aws:apigateway:${account.region}::/${kind}/*/stages/*/cache/authorizers`,
              ),
            },
          ],
        }),
      },
      { parent: this },
    );
    // The role is of use only once it has its rights: whoever takes its ARN waits for them.
    return pulumi.all([role.arn, rights.id]).apply(([arn]) => arn);
  }
}

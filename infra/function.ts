import * as pulumi from '@pulumi/pulumi';
import { LogGroup } from '@pulumi/aws/cloudwatch/index.js';
import { Role, RolePolicy } from '@pulumi/aws/iam/index.js';
import { Function as LambdaFunction } from '@pulumi/aws/lambda/index.js';
import type { Account } from './account.ts';
import { physicalName } from './names.ts';

export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: pulumi.Input<string> | readonly pulumi.Input<string>[];
}

/** In which a function runs, and where it is. */
export interface Network {
  readonly account: Account;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

export interface HandlerFunctionArgs {
  /** Folder of the bundle. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly timeoutSeconds: number;
  readonly statements: readonly Statement[];
  readonly vpc?: Network;
  /** Its role, where the role must exist before the function (a table's guard names it). */
  readonly role?: Role;
}

/** Makes the role of a function apart from it, for guards that must name the role first. */
export function functionRole(name: string, parent: pulumi.Resource): Role {
  return new Role(`${name}-role`, { name: physicalName(name), assumeRolePolicy: LAMBDA_ASSUMES }, { parent });
}

/** One Lambda function with a log group of its own (retention is ours, not "for ever") and exactly the rights it needs. */
export class HandlerFunction extends pulumi.ComponentResource {
  readonly function: LambdaFunction;

  constructor(name: string, args: HandlerFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:HandlerFunction', name, {}, opts);
    const role = args.role ?? functionRole(name, this);
    const logs = new LogGroup(
      `${name}-logs`,
      { name: `/aws/lambda/${physicalName(name)}`, retentionInDays: 90 },
      { parent: this },
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
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: pulumi.interpolate`${logs.arn}:*`,
            },
            ...(args.vpc ? networkRights(args.vpc) : []),
            ...args.statements,
          ],
        }),
      },
      { parent: this },
    );
    this.function = new LambdaFunction(
      name,
      {
        name: physicalName(name),
        role: role.arn,
        runtime: 'nodejs24.x',
        architectures: ['arm64'],
        handler: 'index.handler',
        code: new pulumi.asset.FileArchive(args.bundle),
        memorySize: 512,
        timeout: args.timeoutSeconds,
        environment: { variables: args.environment },
        loggingConfig: { logFormat: 'Text', logGroup: logs.name },
        ...(args.vpc && {
          vpcConfig: { subnetIds: [...args.vpc.subnetIds], securityGroupIds: [...args.vpc.securityGroupIds] },
        }),
      },
      { parent: this, dependsOn: [rights] },
    );
    this.registerOutputs();
  }
}

const LAMBDA_ASSUMES = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
});

/**
 * For Lambda itself, which makes the interfaces by the function's role (Lambda Developer Guide, "Execution role and user
 * permissions" for VPCs): what describes takes no ARN; of the others it wants all ids of the account, in this form.
 */
const networkRights = ({ account }: Network): readonly Statement[] => [
  { Effect: 'Allow', Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], Resource: '*' },
  {
    Effect: 'Allow',
    Action: [
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    Resource: pulumi.interpolate`arn:aws:ec2:${account.region}:${account.id}:*/*`,
  },
];

import * as pulumi from '@pulumi/pulumi';
import { ResourcePolicy, Table } from '@pulumi/aws/dynamodb/index.js';
import { physicalName } from './names.ts';

export interface GuardedTableArgs {
  /** Part of the table's name: `policies`. */
  readonly what: string;
  readonly stream?: boolean;
  readonly protect: boolean;
  /** The only role that may write. */
  readonly writer: pulumi.Input<string>;
}

const WRITES = [
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'PartiQLInsert',
  'PartiQLUpdate',
  'PartiQLDelete',
];

/**
 * A table that one role writes. Everybody else is refused by an explicit Deny on the table itself, which no identity
 * policy, however broad, can override (IAM User Guide, policy evaluation logic).
 */
export class GuardedTable extends pulumi.ComponentResource {
  readonly table: Table;
  /** Resolves once the guard is in place: what writes to the table depends on it. */
  readonly guard: ResourcePolicy;

  constructor(name: string, args: GuardedTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:GuardedTable', name, {}, opts);
    this.table = new Table(
      name,
      {
        name: physicalName(args.what),
        billingMode: 'PAY_PER_REQUEST',
        hashKey: 'pk',
        rangeKey: 'sk',
        attributes: [
          { name: 'pk', type: 'S' },
          { name: 'sk', type: 'S' },
        ],
        ...(args.stream && { streamEnabled: true, streamViewType: 'NEW_AND_OLD_IMAGES' }),
        serverSideEncryption: { enabled: true },
        pointInTimeRecovery: { enabled: args.protect },
        deletionProtectionEnabled: args.protect,
      },
      { parent: this, protect: args.protect },
    );
    this.guard = new ResourcePolicy(
      `${name}-guard`,
      { resourceArn: this.table.arn, policy: denyOtherWriters(this.table.arn, args.writer) },
      { parent: this },
    );
    this.registerOutputs();
  }
}

const denyOtherWriters = (table: pulumi.Input<string>, writer: pulumi.Input<string>): pulumi.Output<string> =>
  pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyOneRoleWrites',
        Effect: 'Deny',
        Principal: '*',
        Action: WRITES.map((operation) => `dynamodb:${operation}`),
        Resource: table,
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': writer } },
      },
    ],
  });

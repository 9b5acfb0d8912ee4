import * as pulumi from '@pulumi/pulumi';
import type { Role } from '@pulumi/aws/iam/index.js';
import { EventSourceMapping } from '@pulumi/aws/lambda/index.js';
import { Queue } from '@pulumi/aws/sqs/index.js';
import type { Account } from './account.ts';
import type { Settings } from './config-keys.ts';
import { functionRole, HandlerFunction } from './function.ts';
import { physicalName } from './names.ts';
import type { SecurityRole } from './security-role.ts';
import { GuardedTable } from './table.ts';

export interface PolicyGovernanceArgs {
  readonly settings: Settings;
  readonly account: Account;
  readonly security: SecurityRole;
  readonly bundle: string;
}

const SYNC_TIMEOUT_SECONDS = 300;

/** Policies as data: the table that the security role writes, and the sync that carries them to Verified Permissions. */
export class PolicyGovernance extends pulumi.ComponentResource {
  readonly policies: GuardedTable;
  readonly syncState: GuardedTable;

  constructor(name: string, args: PolicyGovernanceArgs, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:PolicyGovernance', name, {}, opts);
    const { protect } = args.settings;
    const role = functionRole('policy-sync', this);
    this.policies = new GuardedTable(
      'policies',
      { what: 'policies', stream: true, protect, writer: args.security.arn },
      { parent: this },
    );
    this.syncState = new GuardedTable(
      'sync-state',
      { what: 'sync-state', protect, writer: role.arn },
      { parent: this },
    );
    const redrive = new Queue(
      'redrive',
      // Visibility of six times the function's timeout: Lambda Developer Guide, "Configuring a queue for Lambda".
      {
        name: physicalName('redrive'),
        visibilityTimeoutSeconds: 6 * SYNC_TIMEOUT_SECONDS,
        sqsManagedSseEnabled: true,
      },
      { parent: this },
    );
    const sync = this.makeSync(args, role, redrive);
    this.feed(sync, redrive);
    this.registerOutputs();
  }

  private makeSync({ settings, account, bundle }: PolicyGovernanceArgs, role: Role, redrive: Queue) {
    const { table: policies } = this.policies;
    const { table: state } = this.syncState;
    return new HandlerFunction(
      'policy-sync',
      {
        bundle,
        role,
        timeoutSeconds: SYNC_TIMEOUT_SECONDS,
        environment: {
          POLICIES_TABLE: policies.name,
          SYNC_STATE_TABLE: state.name,
          REDRIVE_QUEUE_URL: redrive.url,
          STORE_CONSISTENCY_MS: String(settings.storeConsistencyMs),
          LIVE_POLICIES: settings.livePolicies,
        },
        statements: [
          { Effect: 'Allow', Action: ['dynamodb:Query'], Resource: policies.arn },
          {
            Effect: 'Allow',
            Action: ['Query', 'PutItem', 'DeleteItem', 'BatchWriteItem'].map((op) => `dynamodb:${op}`),
            Resource: state.arn,
          },
          {
            Effect: 'Allow',
            Action: ['DescribeStream', 'GetRecords', 'GetShardIterator'].map((op) => `dynamodb:${op}`),
            Resource: policies.streamArn,
          },
          // Names no resource (Service Authorization Reference, Amazon DynamoDB); event source mappings need it.
          { Effect: 'Allow', Action: ['dynamodb:ListStreams'], Resource: '*' },
          {
            Effect: 'Allow',
            Action: [
              'GetSchema',
              'ListPolicies',
              'GetPolicy',
              'CreatePolicy',
              'UpdatePolicy',
              'DeletePolicy',
            ].map((op) => `verifiedpermissions:${op}`),
            // One ARN for the type: a policy naming every tenant's stores would outgrow IAM's 10 kB.
            Resource: pulumi.interpolate`arn:aws:verifiedpermissions::${account.id}:policy-store/*`,
          },
          {
            Effect: 'Allow',
            Action: ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map(
              (op) => `sqs:${op}`,
            ),
            Resource: redrive.arn,
          },
        ],
      },
      { parent: this },
    );
  }

  private feed(sync: HandlerFunction, redrive: Queue): void {
    new EventSourceMapping(
      'policy-stream',
      {
        functionName: sync.function.arn,
        eventSourceArn: this.policies.table.streamArn,
        startingPosition: 'TRIM_HORIZON',
        batchSize: 100,
        functionResponseTypes: ['ReportBatchItemFailures'],
        bisectBatchOnFunctionError: true,
        // Bounded, or one poison record would hold its shard for 24 hours (the default is "for ever").
        maximumRetryAttempts: 5,
        maximumRecordAgeInSeconds: 3600,
      },
      { parent: this },
    );
    new EventSourceMapping(
      'policy-redrive',
      {
        functionName: sync.function.arn,
        eventSourceArn: redrive.arn,
        batchSize: 1,
        functionResponseTypes: ['ReportBatchItemFailures'],
      },
      { parent: this },
    );
  }
}

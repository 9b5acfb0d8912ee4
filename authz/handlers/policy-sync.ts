import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { VerifiedPermissionsClient } from '@aws-sdk/client-verifiedpermissions';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { gatewayFacts } from '../../cedar/gateway-facts.ts';
import { projectPolicy } from '../../cedar/project.ts';
import { numberEnv, readModelFile, requiredEnv } from '../env.ts';
import { createLog, errorName } from '../log.ts';
import { systemClock } from '../sync/clock.ts';
import { type BatchResponse, createBatchSync, type SyncOutcome } from '../sync/batch.ts';
import { syncTenant, type SyncArgs, type SyncResult } from '../sync/sync-tenant.ts';
import { verifiedPermissionsStore } from '../sync/verified-permissions-store.ts';
import { messageFor } from '../sync/wakes.ts';
import { isReconcileEvent, reconcile, type ReconcileEvent } from './reconcile.ts';

/** What goes wrong for a reason that passes, such as a lease, has passed by then. */
const REDRIVE_DELAY_SECONDS = 60;
/** Verified Permissions says "a few seconds" (API reference, CreatePolicy). */
const STORE_CONSISTENCY_MS = 5_000;

const log = createLog('policy-sync');
const metrics = new Metrics({ namespace: 'cedarwright', serviceName: 'policy-sync' });

const model = readModelFile();
const facts = gatewayFacts(model);
const redriveQueue = requiredEnv('REDRIVE_QUEUE_URL');
const sqs = new SQSClient({});
// A store takes 10 calls of a kind a second. "adaptive" slows the client down to what it is given once it was throttled.
const verifiedPermissions = new VerifiedPermissionsClient({ retryMode: 'adaptive', maxAttempts: 10 });

const args: SyncArgs = {
  documents: DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  }),
  policiesTable: requiredEnv('POLICIES_TABLE'),
  syncStateTable: requiredEnv('SYNC_STATE_TABLE'),
  openStore: (policyStoreId) => verifiedPermissionsStore(verifiedPermissions, policyStoreId),
  project: (policy) => projectPolicy(policy, facts),
  rules: { model, allowed: process.env['LIVE_POLICIES'] === 'any' ? 'any' : 'forbid' },
  clock: systemClock,
  consistencyMs: numberEnv('STORE_CONSISTENCY_MS', STORE_CONSISTENCY_MS),
};

/** Ids and names only: reasons quote policies, and stand in the sync-state table. */
function record(outcome: SyncOutcome): void {
  if ('error' in outcome) {
    log.error('sync failed', { slug: outcome.slug, error: errorName(outcome.error) });
    metrics.addMetric('SyncFailed', MetricUnit.Count, 1);
  } else {
    log[outcome.rejected.length > 0 ? 'warn' : 'info']('synced', { ...outcome });
    metrics.addMetric('PoliciesRejected', MetricUnit.Count, outcome.rejected.length);
    metrics.addMetric('StoreWrites', MetricUnit.Count, outcome.writes);
  }
  metrics.publishStoredMetrics();
}

const sync = (slug: string): Promise<SyncResult> => syncTenant(args, slug);

const syncBatch = createBatchSync({
  sync,
  async queue(slug) {
    const message = {
      QueueUrl: redriveQueue,
      MessageBody: messageFor(slug),
      DelaySeconds: REDRIVE_DELAY_SECONDS,
    };
    await sqs.send(new SendMessageCommand(message));
  },
  record,
});

/** Woken by the policy table's stream, by the redrive queue, or called with `{ "reconcile": "<slug>" }`. */
export const handler = async (
  event: DynamoDBStreamEvent | SQSEvent | ReconcileEvent,
): Promise<BatchResponse | SyncResult> =>
  isReconcileEvent(event) ? reconcile(sync, event) : syncBatch(event);

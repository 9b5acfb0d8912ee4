import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { createAuthorizer } from '../authorize.ts';
import { documentClient, verifiedPermissionsClient } from '../clients.ts';
import { embedded } from '../decide/embedded.ts';
import { gatewayDeciders } from '../decide/gateway-deciders.ts';
import { policyIds } from '../decide/policy-ids.ts';
import { createSnapshots } from '../decide/snapshots.ts';
import { verifiedPermissions } from '../decide/verified-permissions.ts';
import { verifiedPermissionsWithToken } from '../decide/verified-permissions-with-token.ts';
import type { Decision } from '../decision.ts';
import type { DecisionRecord } from '../decision-record.ts';
import { numberEnv, readModelFile, requiredEnv } from '../env.ts';
import { createIdentify } from '../identity/identify.ts';
import { createKeys } from '../identity/keys.ts';
import { createRegistry } from '../identity/registry.ts';
import { createTokenCache } from '../identity/token-cache.ts';
import { createVerify } from '../identity/verify.ts';
import { createLog } from '../log.ts';

const now = Date.now;
const log = createLog('authorizer');
const metrics = new Metrics({ namespace: 'cedarwright', serviceName: 'authorizer' });

const model = readModelFile();
const documents = documentClient();
const syncState = requiredEnv('SYNC_STATE_TABLE');
const registry = createRegistry({
  documents,
  table: requiredEnv('REGISTRY_TABLE'),
  stalenessMs: numberEnv('REGISTRY_STALENESS_SECONDS', 5) * 1000,
  now,
});
const identify = createIdentify({
  model,
  registry,
  verify: createVerify(createKeys(process.env['COGNITO_JWKS_ORIGIN'])),
  tokens: createTokenCache(now),
  now,
});
const client = verifiedPermissionsClient();
const ids = policyIds(documents, syncState, now);
const deciders = gatewayDeciders(model, {
  stored: verifiedPermissions(client, ids),
  withToken: verifiedPermissionsWithToken(client, ids),
  embedded: embedded({
    model,
    phase: 'gateway',
    snapshots: createSnapshots({ documents, table: syncState }, now),
  }),
});

const METRIC = { allow: 'Allow', deny: 'Deny', unavailable: 'Unavailable' } as const;

function record(decision: Decision): void {
  const failed = decision.decision === 'unavailable' || (decision.errors?.length ?? 0) > 0;
  log[failed ? 'error' : 'info']('decision', { ...decision });
  metrics.addMetric(METRIC[decision.decision], MetricUnit.Count, 1);
  metrics.addMetric('DecisionTime', MetricUnit.Milliseconds, decision.milliseconds);
  if (decision.errors?.length) metrics.addMetric('PolicyErrors', MetricUnit.Count, decision.errors.length);
  metrics.publishStoredMetrics();
}

/** REQUEST authorizer of REST, HTTP and WebSocket APIs. */
export const handler = createAuthorizer({
  model,
  identify,
  deciders,
  webSocketOperation: process.env['WEBSOCKET_OPERATION'],
  now,
  record,
  // Off unless asked for: such lines hold values of claims, and need a log group that is encrypted and read by few.
  ...(process.env['DECISION_RECORDS'] === 'log' && {
    keep: (kept: DecisionRecord) => log.info('decision record', { record: kept }),
  }),
});

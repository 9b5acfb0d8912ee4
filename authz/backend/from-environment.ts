import type { Model } from '../../cedar/model.ts';
import { documentClient } from '../clients.ts';
import { embedded } from '../decide/embedded.ts';
import { createSnapshots } from '../decide/snapshots.ts';
import { keepingRecords } from '../decision-record.ts';
import { numberEnv, requiredEnv } from '../env.ts';
import { createIdentify } from '../identity/identify.ts';
import { createKeys } from '../identity/keys.ts';
import { createRegistry } from '../identity/registry.ts';
import { createTokenCache } from '../identity/token-cache.ts';
import { createVerify } from '../identity/verify.ts';
import { createLog } from '../log.ts';
import type { BackendOptions } from './options.ts';
import { connectionCloser } from './sockets/close-connection.ts';
import { sessionsInMemory } from './sockets/sessions.ts';
import type { SocketOptions } from './sockets/sockets.ts';

/**
 * Everything that a backend shares with the authorizers, from the environment: REGISTRY_TABLE, SYNC_STATE_TABLE,
 * GATEWAY_SECRET, and optionally REGISTRY_STALENESS_SECONDS and SNAPSHOT_REFRESH_MS. Decisions are made in the
 * process, on the published snapshot: a policy store answers 200 requests a second, which a busy service exceeds.
 * DECISION_RECORDS=log writes down what each decision went by: see DecisionRecord.
 * CORS_ORIGINS, separated by spaces, are the origins whose pages may read answers.
 * Behind a WebSocket API also WEBSOCKET_OPERATION and WEBSOCKET_CONNECTIONS_URL; sockets are then kept in the process.
 * @throws Error naming a variable that is missing
 */
export function fromEnvironment(
  model: Model,
): Pick<
  BackendOptions,
  'model' | 'identify' | 'decider' | 'gatewaySecret' | 'corsOrigins' | 'sockets' | 'record' | 'now'
> {
  const now = Date.now;
  const documents = documentClient();
  const log = createLog('backend');
  const registry = createRegistry({
    documents,
    table: requiredEnv('REGISTRY_TABLE'),
    stalenessMs: numberEnv('REGISTRY_STALENESS_SECONDS', 5) * 1000,
    now,
  });
  const source = { documents, table: requiredEnv('SYNC_STATE_TABLE') };
  const snapshots = createSnapshots(source, now, numberEnv('SNAPSHOT_REFRESH_MS', 2_000));
  const decider = embedded({ model, phase: 'backend', snapshots });
  return {
    model,
    identify: createIdentify({
      model,
      registry,
      verify: createVerify(createKeys(process.env['COGNITO_JWKS_ORIGIN'])),
      tokens: createTokenCache(now),
      now,
    }),
    // Off unless asked for: such lines hold values of claims and of resources.
    decider:
      process.env['DECISION_RECORDS'] === 'log'
        ? keepingRecords(decider, model, (kept) => log.info('decision record', { record: kept }))
        : decider,
    gatewaySecret: requiredEnv('GATEWAY_SECRET'),
    corsOrigins: (process.env['CORS_ORIGINS'] ?? '').split(' ').filter((origin) => origin !== ''),
    ...(process.env['WEBSOCKET_OPERATION'] !== undefined && { sockets: socketsFromEnvironment() }),
    record: (decision) =>
      log[decision.decision === 'unavailable' ? 'error' : 'info']('decision', { ...decision }),
    now,
  };
}

const socketsFromEnvironment = (): SocketOptions => ({
  operation: requiredEnv('WEBSOCKET_OPERATION'),
  sessions: sessionsInMemory(),
  close: connectionCloser(requiredEnv('WEBSOCKET_CONNECTIONS_URL')),
  // As often as the registry is read: no sweep finds out more.
  sweepMs: Math.max(numberEnv('REGISTRY_STALENESS_SECONDS', 5), 1) * 1000,
});

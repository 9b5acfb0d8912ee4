import { documentClient, secretsClient } from '../clients.ts';
import { embedded } from '../decide/embedded.ts';
import { createSnapshots } from '../decide/snapshots.ts';
import { readModelFile, requiredEnv } from '../env.ts';
import { SubjectInvalid } from '../enrich/claims.ts';
import { createGrant } from '../enrich/permissions.ts';
import { subjectsDatabase } from '../enrich/subjects-database.ts';
import { subjectsTable } from '../enrich/subjects-table.ts';
import type { TokenEvent } from '../enrich/token-event.ts';
import { createTokenHook } from '../enrich/token-hook.ts';
import { TokenRefused } from '../enrich/token-refused.ts';
import { createRegistry } from '../identity/registry.ts';
import { createLog, errorName } from '../log.ts';
import { subjectKey } from '../tables/subjects.ts';

const log = createLog('pre-token');
const documents = documentClient();
const registry = createRegistry({
  documents,
  table: requiredEnv('REGISTRY_TABLE'),
  // Tokens live longer than any decision: a suspension must hold at once.
  stalenessMs: 0,
  now: Date.now,
});
const databaseSecret = process.env['DATABASE_SECRET_ARN'];

const model = readModelFile();
const snapshots = createSnapshots({ documents, table: requiredEnv('SYNC_STATE_TABLE') }, Date.now);

const inTable = subjectsTable(documents, requiredEnv('SUBJECTS_TABLE'));

const hook = createTokenHook({
  model,
  registry,
  grant: createGrant(model, embedded({ model, phase: 'token', snapshots })),
  records: {
    saasTenant: { find: inTable },
    serviceClient: { find: subjectsTable(documents, requiredEnv('SUBJECTS_TABLE'), subjectKey.client) },
    // Whoever the company has not registered gets no token, whatever its identity provider says.
    workforceApp: { find: inTable },
    // Customers sign up before anybody gives them a role.
    ...(databaseSecret && {
      customerApp: {
        find: subjectsDatabase(secretsClient(), databaseSecret),
        absent: { attributes: {}, suspended: false },
      },
    }),
  },
});

/**
 * Pre token generation trigger of Cognito user pools, versions 2 and 3. An error means that no token is issued. Cognito
 * shows its message to whoever signs in, so that a failure of ours is told without its text.
 */
export async function handler<Event extends TokenEvent>(event: Event) {
  try {
    return await hook(event);
  } catch (error) {
    log.error('no token issued', {
      userPool: event.userPoolId,
      client: event.callerContext.clientId,
      error: errorName(error),
      ...((error instanceof TokenRefused || error instanceof SubjectInvalid) && { reason: error.message }),
    });
    throw error instanceof TokenRefused ? error : new Error('the sign-in could not be completed');
  }
}

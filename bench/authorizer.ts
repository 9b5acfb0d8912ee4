import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { VerifiedPermissionsClient } from '@aws-sdk/client-verifiedpermissions';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createAuthorizer } from '../authz/authorize.ts';
import type { Decider } from '../authz/decide/decider.ts';
import { gatewayDeciders } from '../authz/decide/gateway-deciders.ts';
import { embedded } from '../authz/decide/embedded.ts';
import { policyIds } from '../authz/decide/policy-ids.ts';
import { createSnapshots } from '../authz/decide/snapshots.ts';
import { verifiedPermissions } from '../authz/decide/verified-permissions.ts';
import { createIdentify } from '../authz/identity/identify.ts';
import { createKeys } from '../authz/identity/keys.ts';
import { createRegistry } from '../authz/identity/registry.ts';
import { createTokenCache } from '../authz/identity/token-cache.ts';
import { createVerify } from '../authz/identity/verify.ts';
import { loadModel } from '../dsl/schema/model.ts';
import { clientSettings, tableName } from '../local/settings.ts';
import { bearer, restEvent } from '../test/authz/rest-event.ts';
import type { OpenCloud } from './cloud/open.ts';
import { type Effort, sideBySide } from './samples.ts';
import { compared, COMPARISON, type Table } from './table.ts';

const ROUNDS = { full: { rounds: 300, warmUp: 50 }, quick: { rounds: 5, warmUp: 1 } };
const REGISTRY_STALENESS_MS = 5_000;

const now = Date.now;

/** The function's own part of a first decision, in this process and warm: event in, IAM policy out. */
export async function authorizerAlone(cloud: OpenCloud, effort: Effort): Promise<Table> {
  const { rounds, warmUp } = ROUNDS[effort];
  const [token = '', ...tokens] = await cloud.tokens('acme', 'alice', 1 + warmUp + rounds);
  const dynamodb = new DynamoDBClient(clientSettings(cloud.endpointUrl));
  const permissions = new VerifiedPermissionsClient(clientSettings(cloud.endpointUrl));
  try {
    const { stored, inProcess } = authorizers(cloud, dynamodb, permissions);
    const measured = await sideBySide(
      [
        { what: 'embedded engine', work: () => inProcess(token) },
        { what: 'embedded engine, token never seen', work: (round) => inProcess(tokens[round]!) },
        { what: 'Verified Permissions (emulated, over HTTP)', work: () => stored(token) },
      ],
      { rounds, warmUp },
    );
    return {
      title: 'The authorizer function alone, warm, milliseconds',
      columns: COMPARISON,
      rows: compared(measured),
      note:
        'From event to IAM policy; tokens and registry rows come from their caches unless said otherwise. On AWS the ' +
        'last row has the network and the real service in it, the others do not.',
    };
  } finally {
    dynamodb.destroy();
    permissions.destroy();
  }
}

type Ask = (token: string) => Promise<void>;

function authorizers(
  { endpointUrl }: OpenCloud,
  dynamodb: DynamoDBClient,
  permissions: VerifiedPermissionsClient,
): { readonly stored: Ask; readonly inProcess: Ask } {
  const model = loadModel();
  const documents = DynamoDBDocumentClient.from(dynamodb);
  const table = tableName('sync-state');
  const identify = createIdentify({
    model,
    registry: createRegistry({
      documents,
      table: tableName('registry'),
      stalenessMs: REGISTRY_STALENESS_MS,
      now,
    }),
    verify: createVerify(createKeys(endpointUrl)),
    tokens: createTokenCache(now),
    now,
  });
  const allowed = (decider: Decider): Ask => {
    const deciders = gatewayDeciders(model, { stored: decider, withToken: decider, embedded: decider });
    const authorize = createAuthorizer({ model, identify, deciders, now, record: () => undefined });
    return async (token) => {
      const event = restEvent({
        method: 'PUT',
        resource: '/payees/{id}',
        path: '/payees/pay-acme-1',
        headers: [bearer(token)],
      });
      const { policyDocument } = await authorize(event);
      if (policyDocument.Statement[0]?.Effect !== 'Allow')
        throw new Error('alice was not allowed to edit a payee');
    };
  };
  return {
    stored: allowed(verifiedPermissions(permissions, policyIds(documents, table, now))),
    inProcess: allowed(
      embedded({ model, phase: 'gateway', snapshots: createSnapshots({ documents, table }, now) }),
    ),
  };
}

import { createServer } from 'node:http';
import { createAuthorizer } from '../../authz/authorize.ts';
import { embedded } from '../../authz/decide/embedded.ts';
import { gatewayDeciders } from '../../authz/decide/gateway-deciders.ts';
import { verifiedPermissions } from '../../authz/decide/verified-permissions.ts';
import { verifiedPermissionsWithToken } from '../../authz/decide/verified-permissions-with-token.ts';
import { createIdentify } from '../../authz/identity/identify.ts';
import { createKeys } from '../../authz/identity/keys.ts';
import { createRegistry } from '../../authz/identity/registry.ts';
import { createTokenCache } from '../../authz/identity/token-cache.ts';
import { createVerify } from '../../authz/identity/verify.ts';
import { DECISION_MODES, type DecisionMode } from '../../authz/tables/registry.ts';
import type { Model } from '../../cedar/model.ts';
import { restBody } from '../../infra/openapi-body.ts';
import type { Invoked } from '../../local/api-gateway/authorizer.ts';
import { readRestApi } from '../../local/api-gateway/rest-api.ts';
import { createGateway } from '../../local/api-gateway/server.ts';
import { close, listen } from '../../local/loopback.ts';
import { accessClaims, issuerOf, registryRow } from '../../test/authz/fixture.ts';
import { sign, signingKey, startKeyServer } from '../../test/authz/issuer.ts';
import { startTables } from '../../test/authz/tables.ts';
import { openStores } from './store.ts';
import { modelWith, policies, SLUG, USER_POOL } from './tenant.ts';

/** One API twice, with its operation protected and public, before the same service. */
export interface Gateways {
  readonly protectedUrl: string;
  readonly publicUrl: string;
  /** Tokens, no two alike, of somebody whom the tenant's policies allow the operation, in a mode. */
  tokens(mode: DecisionMode, count: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

const now = Date.now;
const issuer = issuerOf(USER_POOL);
const clientOf = (mode: DecisionMode): string => `bench-${mode}`;

export async function openGateways(): Promise<Gateways> {
  const model = modelWith('protected');
  const keys = await startKeyServer();
  const key = await signingKey('bench');
  keys.keys.set(USER_POOL, [key.jwk]);
  const tables = await startTables();
  const keySetUrl = (pool: string): string => `${keys.origin}/${pool}/.well-known/jwks.json`;
  const stores = await openStores(keySetUrl, clientOf('verified-permissions-with-token'));
  for (const mode of DECISION_MODES) {
    const withToken = mode === 'verified-permissions-with-token';
    const gatewayPolicyStoreId = withToken ? stores.token : stores.plain;
    const claimMap = { suspended: 'suspended' };
    const changes = { decisionMode: mode, gatewayPolicyStoreId, principalType: 'User', claimMap };
    await tables.put(registryRow({ ...changes, usageKey: 'key' }, issuer, clientOf(mode)));
  }
  const snapshot = { version: '1', policies: policies() };
  const names = () => Promise.resolve({});
  const authorize = createAuthorizer({
    model,
    identify: createIdentify({
      model,
      registry: createRegistry({ ...tables, stalenessMs: 5_000, now }),
      verify: createVerify(createKeys(keys.origin)),
      tokens: createTokenCache(now),
      now,
    }),
    deciders: gatewayDeciders(model, {
      stored: verifiedPermissions(stores.client, names),
      withToken: verifiedPermissionsWithToken(stores.client, names),
      embedded: embedded({ model, phase: 'gateway', snapshots: async () => snapshot }),
    }),
    now,
    record: () => undefined,
  });
  // As through Lambda: what is not JSON does not arrive.
  const invoke = async (_: string, event: object): Promise<Invoked> => {
    const given: Parameters<typeof authorize>[0] = JSON.parse(JSON.stringify(event));
    return { ok: true, result: await authorize(given) };
  };
  const backend = createServer((message, response) => {
    message.resume().on('end', () => response.end('{}'));
  });
  const backendUrl = `http://127.0.0.1:${await listen(backend, 0)}`;
  const fronts = await Promise.all(
    [model, modelWith('public')].map(async (one) => {
      const front = createGateway(gatewayArgs(one, backendUrl, invoke));
      return { front, url: `http://127.0.0.1:${await listen(front, 0)}` };
    }),
  );
  return {
    protectedUrl: fronts[0]!.url,
    publicUrl: fronts[1]!.url,
    tokens: (mode, count) =>
      Promise.all(
        Array.from({ length: count }, (_, n) => {
          const own = { iss: issuer, client_id: clientOf(mode), tenant_id: SLUG, jti: `${mode}-${n}` };
          const granted = { 'cognito:groups': ['GROUP_7'], gateway_permissions: ['putThing'] };
          return sign(key, accessClaims({ ...own, ...granted }));
        }),
      ),
    async close() {
      await Promise.all([backend, ...fronts.map(({ front }) => front)].map((server) => close(server)));
      await stores.close();
      await tables.close();
      await keys.close();
    },
  };
}

function gatewayArgs(
  model: Model,
  backendUrl: string,
  invoke: Parameters<typeof createGateway>[0]['invoke'],
) {
  const body = restBody({
    title: 'bench',
    model,
    cacheable: new Set(Object.keys(model.actions)),
    gatewayTtlSeconds: 3_600,
    authorizerUri: 'arn:aws:apigateway:x:lambda:path/x/functions/arn:aws:lambda:x:0:function:f/invocations',
    backendUrl,
    gatewaySecret: 'hush',
  });
  const stage = { apiId: 'api', name: 'live', account: '0', arn: 'arn:aws:execute-api:x:0:api/live' };
  const api = { stage, ...readRestApi(JSON.stringify(body)) };
  return { invoke, deployed: () => api, usagePlans: { admit: () => 'admitted' as const } };
}

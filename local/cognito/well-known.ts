import type { HttpAnswer, HttpRoute } from '../endpoint.ts';
import type { State } from './state.ts';
import { issuerOf } from './tokens/issuer.ts';
import { ALGORITHM } from './tokens/signing-keys.ts';

/** A pool's public documents: `/<pool id>/.well-known/jwks.json` and `…/openid-configuration`. */
export function wellKnownRoute({ pools, keys }: Pick<State, 'pools' | 'keys'>): HttpRoute {
  return async ({ method, path }) => {
    const [, poolId, name] = /^\/([\w-]+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(path) ?? [];
    if (method !== 'GET' || poolId === undefined) return undefined;
    if (!pools.has(poolId)) return asJson(404, { message: `User pool ${poolId} does not exist.` });
    if (name === 'openid-configuration') return asJson(200, configuration(poolId));
    const { id, access } = await keys.keysOf(poolId);
    return asJson(200, { keys: [id.jwk, access.jwk] });
  };
}

const configuration = (poolId: string): object => {
  const issuer = issuerOf(poolId);
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: [ALGORITHM],
    response_types_supported: ['code', 'token'],
    subject_types_supported: ['public'],
  };
};

const asJson = (status: number, body: object): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

import { decodeJwt, jwtVerify } from 'jose';
import type { PoolClient, User, UserPool } from './pool.ts';
import { findClient, lookUpUser, type State } from './state.ts';
import { issuerOf } from './tokens/issuer.ts';

/** Whose access token it is, and what it is limited to. */
export interface AccessTokenOwner {
  readonly pool: UserPool;
  readonly client: PoolClient;
  readonly user: User;
  readonly scopes: readonly string[];
}

/**
 * Who comes with an access token to the service itself, which, unlike an API that goes by the signature alone, also
 * knows of revocations. Undefined when it is no good: why is nobody's business.
 */
export async function ownerOfAccessToken(state: State, token: string): Promise<AccessTokenOwner | undefined> {
  try {
    const { pool, client } = findClient(state, { ClientId: decodeJwt(token)['client_id'] });
    const { access } = await state.keys.keysOf(pool.id);
    const { payload } = await jwtVerify(token, access.publicKey, {
      issuer: issuerOf(pool.id),
      currentDate: new Date(state.now()),
    });
    const user = lookUpUser(pool, payload.sub ?? '');
    if (payload['token_use'] !== 'access' || !user?.enabled) return undefined;
    if (state.sessions.isRevoked(String(payload['origin_jti']))) return undefined;
    return { pool, client, user, scopes: String(payload['scope']).split(' ') };
  } catch {
    return undefined;
  }
}

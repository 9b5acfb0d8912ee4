import { decodeJwt, jwtVerify } from 'jose';
import { optionalText, text, type Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import { checkWritable, mayRead } from '../attributes/client-access.ts';
import { checkChange, readValues, toWire } from '../attributes/values.ts';
import { notAuthorized } from '../errors.ts';
import { refuseOthers } from '../fields.ts';
import { checkSecret } from '../passwords/secret-hash.ts';
import type { PoolClient, User, UserPool } from '../pool.ts';
import { findClient, lookUpUser, type State } from '../state.ts';
import { OWN_SCOPES } from '../tokens/claims.ts';
import { issuerOf } from '../tokens/issuer.ts';
import type { Operations } from './operations.ts';

/** What users do to their own account, with a token of theirs and as far as their client lets them. */
export function ownAccountOperations(state: State): Operations {
  return {
    async GetUser(input) {
      const { client, user } = await signedIn(state, input);
      return {
        Username: user.username,
        UserAttributes: toWire(user).filter(({ Name }) => Name === 'sub' || mayRead(client.settings, Name)),
      };
    },
    async UpdateUserAttributes(input) {
      refuseOthers(input, ['AccessToken', 'UserAttributes', 'ClientMetadata']);
      const { pool, client, user } = await signedIn(state, input);
      const changes = readValues(input, 'UserAttributes');
      checkWritable(client.settings, changes.keys());
      checkChange(pool, changes);
      user.attributes = new Map([...user.attributes, ...changes]);
      user.modifiedAt = state.now();
      return {};
    },
    RevokeToken(input) {
      const { client } = findClient(state, input);
      checkSecret(client, optionalText(input, 'ClientSecret'));
      if (!client.settings.revokesTokens)
        throw new AwsError(
          'UnsupportedOperationException',
          'Token revocation is not enabled for this client',
        );
      const token = text(input, 'Token');
      if (token.split('.').length === 3)
        throw new AwsError('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked');
      const session = state.sessions.find(token);
      if (session && session.client !== client)
        throw new AwsError('UnauthorizedException', 'The token was issued to another client');
      // A token that nobody knows is revoked already (RFC 7009, section 2.2).
      if (session) session.revoked = true;
      return {};
    },
  };
}

async function signedIn(
  state: State,
  input: Json,
): Promise<{ readonly pool: UserPool; readonly client: PoolClient; readonly user: User }> {
  try {
    const token = text(input, 'AccessToken');
    const { pool, client } = findClient(state, { ClientId: decodeJwt(token)['client_id'] });
    const { access } = await state.keys.keysOf(pool.id);
    const { payload } = await jwtVerify(token, access.publicKey, {
      issuer: issuerOf(pool.id),
      currentDate: new Date(state.now()),
    });
    const scopes = String(payload['scope']).split(' ');
    const user = lookUpUser(pool, payload.sub ?? '');
    if (
      payload['token_use'] === 'access' &&
      OWN_SCOPES.every((scope) => scopes.includes(scope)) &&
      user?.enabled
    )
      return { pool, client, user };
  } catch {
    // Falls through: why a token is no good is nobody's business.
  }
  throw notAuthorized('Invalid Access Token');
}

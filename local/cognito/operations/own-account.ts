import { optionalText, text, type Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import { type AccessTokenOwner, ownerOfAccessToken } from '../access-token.ts';
import { checkWritable, mayRead } from '../attributes/client-access.ts';
import { checkChange, readValues, toWire } from '../attributes/values.ts';
import { notAuthorized } from '../errors.ts';
import { refuseOthers } from '../fields.ts';
import { checkSecret } from '../passwords/secret-hash.ts';
import { type NotRevoked, revoke } from '../revocation.ts';
import { findClient, type State } from '../state.ts';
import { OWN_SCOPES } from '../tokens/claims.ts';
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
      const wrong = revoke(state, client, text(input, 'Token'));
      if (wrong) throw NOT_REVOKED[wrong]();
      return {};
    },
  };
}

const NOT_REVOKED: Readonly<Record<NotRevoked, () => AwsError>> = {
  disabled: () =>
    new AwsError('UnsupportedOperationException', 'Token revocation is not enabled for this client'),
  'no refresh token': () =>
    new AwsError('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked'),
  'of another client': () => new AwsError('UnauthorizedException', 'The token was issued to another client'),
};

async function signedIn(state: State, input: Json): Promise<AccessTokenOwner> {
  const owner = await ownerOfAccessToken(state, optionalText(input, 'AccessToken') ?? '');
  if (owner && OWN_SCOPES.every((scope) => owner.scopes.includes(scope))) return owner;
  throw notAuthorized('Invalid Access Token');
}

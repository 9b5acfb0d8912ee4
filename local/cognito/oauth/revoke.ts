import type { HttpAnswer, HttpCall } from '../../endpoint.ts';
import type { UserPool } from '../pool.ts';
import { type NotRevoked, revoke as revokeToken } from '../revocation.ts';
import type { State } from '../state.ts';
import { OAuthError } from './answers.ts';
import { authenticatedClient } from './authenticated-client.ts';

/** Cognito Developer Guide, "The token revocation endpoint"; of a token of another client it says nothing. */
const ERRORS: Readonly<Record<NotRevoked, string>> = {
  disabled: 'invalid_request',
  'no refresh token': 'unsupported_token_type',
  'of another client': 'unauthorized_client',
};

/** `/oauth2/revoke`: ends a sign-in by its refresh token. @throws OAuthError */
export async function revoke(state: State, pool: UserPool, { headers, body }: HttpCall): Promise<HttpAnswer> {
  const form = new URLSearchParams(body.toString());
  const client = clientOf(pool, headers.authorization, form);
  const token = form.get('token');
  if (token === null) throw new OAuthError('invalid_request');
  const wrong = revokeToken(state, client, token);
  if (wrong) throw new OAuthError(ERRORS[wrong]);
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: '' };
}

function clientOf(...given: Parameters<typeof authenticatedClient>): ReturnType<typeof authenticatedClient> {
  try {
    return authenticatedClient(...given);
  } catch {
    // The token endpoint answers 400 to the same.
    throw new OAuthError('invalid_client', undefined, 401);
  }
}

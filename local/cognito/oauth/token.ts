import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpAnswer, HttpCall } from '../../endpoint.ts';
import { AwsError } from '../../aws/service.ts';
import type { PoolClient, UserPool } from '../pool.ts';
import { checkUsable, findSession } from '../refresh.ts';
import { lookUpUser, type State } from '../state.ts';
import { continueSession, openSession, type Tokens } from '../tokens/issue.ts';
import { json, OAuthError } from './answers.ts';
import { authenticatedClient } from './authenticated-client.ts';
import { byClientCredentials } from './client-credentials.ts';
import type { Grants } from './grants.ts';

export interface TokenRequest {
  readonly pool: UserPool;
  readonly client: PoolClient;
  readonly form: URLSearchParams;
}

/** `/oauth2/token`: the grants `authorization_code`, `refresh_token` and `client_credentials`. */
export async function token(
  state: State,
  grants: Grants,
  pool: UserPool,
  { headers, body }: HttpCall,
): Promise<HttpAnswer> {
  const form = new URLSearchParams(body.toString());
  const request = { pool, client: authenticatedClient(pool, headers.authorization, form), form };
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return asJson(await byCode(state, grants, request));
    case 'refresh_token':
      return asJson(await byRefreshToken(state, request));
    case 'client_credentials':
      return asJson(await byClientCredentials(state, request));
    default:
      throw new OAuthError('unsupported_grant_type');
  }
}

/** A code that was used, or whose exchange fails, is gone (RFC 6749, section 4.1.2). */
async function byCode(
  state: State,
  { codes }: Grants,
  { pool, client, form }: TokenRequest,
): Promise<Tokens> {
  const found = codes.take(form.get('code') ?? '');
  if (!found || found.request.client !== client) throw new OAuthError('invalid_grant');
  const { request, user } = found;
  if (form.get('redirect_uri') !== request.redirectUri) throw new OAuthError('invalid_grant');
  if (!isProven(request.challenge, form.get('code_verifier'))) throw new OAuthError('invalid_grant');
  if (lookUpUser(pool, user.sub) !== user || !user.enabled) throw new OAuthError('invalid_grant');
  return openSession(
    state,
    { pool, client, user },
    {
      source: 'TokenGeneration_HostedAuth',
      scopes: request.scopes,
      byPages: true,
      ...(request.nonce !== undefined && { nonce: request.nonce }),
    },
  );
}

/** RFC 7636, section 4.6. A verifier without a challenge is a sign that somebody took the challenge away. */
function isProven(challenge: string | undefined, verifier: string | null): boolean {
  if (challenge === undefined || verifier === null) return challenge === undefined && verifier === null;
  const made = createHash('sha256').update(verifier).digest('base64url');
  return /^[\w.~-]{43,128}$/.test(verifier) && timingSafeEqual(Buffer.from(made), Buffer.from(challenge));
}

async function byRefreshToken(state: State, { pool, client, form }: TokenRequest): Promise<Tokens> {
  const session = findSession(state, { pool, client }, form.get('refresh_token') ?? '');
  checkUsable(session, state.now());
  return continueSession(state, session);
}

const asJson = (tokens: Tokens): HttpAnswer =>
  json(200, {
    access_token: tokens.AccessToken,
    id_token: tokens.IdToken,
    refresh_token: tokens.RefreshToken,
    expires_in: tokens.ExpiresIn,
    token_type: tokens.TokenType,
  });

/** Whatever a sign-in fails of, a trigger's refusal included, is told in the words of OAuth. */
export function asOAuth(error: unknown): HttpAnswer {
  if (error instanceof OAuthError) {
    const { code, status, message } = error;
    return json(status, { error: code, ...(message !== '' && { error_description: message }) });
  }
  if (error instanceof AwsError)
    return json(400, { error: 'invalid_grant', error_description: error.message });
  throw error;
}

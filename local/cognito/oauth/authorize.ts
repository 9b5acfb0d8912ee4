import { randomBytes } from 'node:crypto';
import type { HttpAnswer, HttpCall } from '../../endpoint.ts';
import type { IdentityProvider, UserPool } from '../pool.ts';
import type { State } from '../state.ts';
import { failed, page, redirect } from './answers.ts';
import type { Grants, SignInRequest } from './grants.ts';
import { cookieName, discover, responsePage } from './provider.ts';

/**
 * `/oauth2/authorize`: sends the browser to the identity provider. There are no pages for users of the pool itself.
 * A request that may not be answered to where it says gets no redirect (RFC 6749, section 4.1.2.1).
 */
export async function authorize(
  state: State,
  grants: Grants,
  pool: UserPool,
  { query }: HttpCall,
): Promise<HttpAnswer> {
  const client = pool.clients.get(query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!client?.settings.oauth.enabled) return page(400, 'There is no such client');
  const { oauth } = client.settings;
  // Exactly: a prefix or a pattern would let a code go elsewhere.
  if (!oauth.callbackUrls.includes(redirectUri))
    return page(400, 'The redirect_uri is not registered: redirect_mismatch');

  const asked = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const challenge = query.get('code_challenge');
  const nonce = query.get('nonce');
  const back = query.get('state');
  const request: SignInRequest = {
    pool,
    client,
    redirectUri,
    scopes: asked.length > 0 ? asked : oauth.scopes,
    ...(back !== null && { state: back }),
    ...(nonce !== null && { nonce }),
    ...(challenge !== null && { challenge }),
  };
  if (query.get('response_type') !== 'code' || !oauth.flows.includes('code'))
    return failed(request, 'unauthorized_client', 'response_type must be code');
  if (asked.some((scope) => !oauth.scopes.includes(scope)))
    return failed(request, 'invalid_scope', 'a scope is not allowed to this client');
  const method = query.get('code_challenge_method');
  if ((challenge !== null || method !== null) && (method !== 'S256' || !/^[\w-]{43}$/.test(challenge ?? '')))
    return failed(request, 'invalid_request', 'PKCE needs a code_challenge and the method S256');
  const provider = providerOf(request, query.get('identity_provider'));
  return provider
    ? sendToProvider(state, grants, request, provider)
    : failed(request, 'invalid_request', 'identity_provider names none of the client’s');
}

/** A client of one provider needs not name it. */
function providerOf({ pool, client }: SignInRequest, named: string | null): IdentityProvider | undefined {
  const { providers } = client.settings.oauth;
  const name = named ?? (providers.length === 1 ? providers[0] : undefined);
  return name !== undefined && providers.includes(name) ? pool.identityProviders.get(name) : undefined;
}

async function sendToProvider(
  { places }: State,
  { elsewhere }: Grants,
  request: SignInRequest,
  provider: IdentityProvider,
): Promise<HttpAnswer> {
  const { authorizationEndpoint } = await discover(places, provider);
  const [nonce, cookie] = [secret(), secret()];
  const name = elsewhere.put({ request, provider, nonce, cookie });
  const responseUrl = responsePage(places, request.pool);
  return redirect(
    authorizationEndpoint,
    {
      client_id: provider.clientId,
      redirect_uri: responseUrl,
      response_type: 'code',
      scope: provider.scopes,
      state: name,
      nonce,
    },
    {
      'set-cookie': `${cookieName}=${cookie}; Path=${new URL(responseUrl).pathname}; HttpOnly; SameSite=Lax`,
    },
  );
}

const secret = (): string => randomBytes(32).toString('base64url');

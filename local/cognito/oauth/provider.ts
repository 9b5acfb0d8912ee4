import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { isJson, text, type Json } from '../../aws/input.ts';
import type { IdentityProvider, UserPool } from '../pool.ts';
import type { Places } from '../state.ts';
import { ALGORITHM } from '../tokens/signing-keys.ts';

interface Endpoints {
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userinfoEndpoint: string;
  readonly keys: string;
}

/** An identity provider did not do what OpenID Connect asks of it. Holds nothing that it said. */
export class ProviderFailed extends Error {
  override readonly name = 'ProviderFailed';
}

export const cookieName = 'csrf-state';
const TIMEOUT_MS = 5_000;

/** Where the provider sends the browser back to: the redirect URI that is registered with it. */
export const responsePage = (places: Places, { domain = '' }: UserPool): string =>
  `${places.pages(domain)}/oauth2/idpresponse`;

/** @throws ProviderFailed */
export async function discover(places: Places, { issuer }: IdentityProvider): Promise<Endpoints> {
  const document = await fetchJson(`${await places.issuer(issuer)}/.well-known/openid-configuration`);
  // OpenID Connect Discovery 1.0, section 4.3: exactly the same.
  if (document['issuer'] !== issuer) throw new ProviderFailed('the discovery document is of another issuer');
  return {
    authorizationEndpoint: text(document, 'authorization_endpoint'),
    tokenEndpoint: text(document, 'token_endpoint'),
    userinfoEndpoint: text(document, 'userinfo_endpoint'),
    keys: text(document, 'jwks_uri'),
  };
}

/**
 * Exchanges a provider's code for what it says of the user: the claims of its ID token and of its userinfo endpoint.
 * The secret goes in the body, because the service knows no other way (`client_secret_post`).
 * @throws ProviderFailed
 */
export async function claimsFrom(
  provider: IdentityProvider,
  endpoints: Endpoints,
  {
    code,
    redirectUri,
    nonce,
  }: { readonly code: string; readonly redirectUri: string; readonly nonce: string },
): Promise<Json & { readonly sub: string }> {
  const tokens = await fetchJson(endpoints.tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: provider.clientId,
      client_secret: provider.clientSecret,
    }),
  });
  const { sub, ...claims } = await verified(provider, endpoints, text(tokens, 'id_token'));
  if (sub === undefined || claims['nonce'] !== nonce)
    throw new ProviderFailed('the ID token is of another sign-in');
  const more = await fetchJson(endpoints.userinfoEndpoint, {
    method: provider.attributesRequestMethod,
    headers: { authorization: `Bearer ${text(tokens, 'access_token')}` },
  });
  // OpenID Connect Core 1.0, section 5.3.2: else it may be about anybody.
  if (more['sub'] !== sub) throw new ProviderFailed('the userinfo is of another user');
  return { ...claims, ...more, sub };
}

async function verified(
  { issuer, clientId }: IdentityProvider,
  { keys }: Endpoints,
  idToken: string,
): Promise<JWTPayload> {
  const set = await fetchJson(keys);
  if (!isKeySet(set)) throw new ProviderFailed('no key set is there');
  try {
    const expected = { issuer, audience: clientId, algorithms: [ALGORITHM] };
    return (await jwtVerify(idToken, createLocalJWKSet(set), expected)).payload;
  } catch {
    throw new ProviderFailed('the ID token is not valid');
  }
}

const isKeySet = (value: Json): value is Json & JSONWebKeySet => Array.isArray(value['keys']);

async function fetchJson(url: string, request: RequestInit = {}): Promise<Json> {
  const response = await fetch(url, {
    ...request,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => undefined);
  const body: unknown = response?.ok ? await response.json().catch(() => undefined) : undefined;
  if (!isJson(body)) throw new ProviderFailed(`the provider answered ${response?.status ?? 'nothing'}`);
  return body;
}

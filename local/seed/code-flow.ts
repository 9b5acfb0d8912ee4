import { createHash, randomBytes } from 'node:crypto';
import { isObject } from '../../authz/item-shape.ts';

/** An application that signs people in by their browser: authorization code with PKCE (RFC 7636). */
export interface CodeFlow {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
}

export interface CodeTokens {
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
}

/** The identity provider knows nobody of that name and password. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused';
}

/** The sign-in ended without tokens. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed';
}

const MAX_STEPS = 20;

/**
 * Signs a person in as a browser would, and the application with it: follows redirects, keeps cookies, and sends the
 * one form that asks for name and password.
 * @throws LoginRefused
 * @throws SignInFailed
 */
export async function signInByCode(
  flow: CodeFlow,
  person: { readonly name: string; readonly password: string },
): Promise<CodeTokens> {
  const verifier = random();
  const state = random();
  const url = new URL(flow.authorizeUrl);
  const parameters = {
    response_type: 'code',
    client_id: flow.clientId,
    redirect_uri: flow.redirectUri,
    scope: flow.scope,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const back = await browse(url, flow.redirectUri, person);
  const code = back.get('code');
  if (code === null) throw new SignInFailed(back.get('error_description') ?? back.get('error') ?? 'no code');
  if (back.get('state') !== state) throw new SignInFailed('the answer is to another request');
  return exchange(flow, code, verifier);
}

/** From the first page to the application's own. @returns what came back with the browser */
export async function browse(
  start: URL,
  redirectUri: string,
  { name, password }: { readonly name: string; readonly password: string },
): Promise<URLSearchParams> {
  const cookies = new Map<string, string>();
  const get = async (url: URL, form?: URLSearchParams): Promise<Response> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(key, value);
    }
    return response;
  };
  let url = start;
  let response = await get(url);
  for (let step = 0, asked = false; step < MAX_STEPS; step++) {
    const location = response.headers.get('location');
    if (location !== null) {
      url = new URL(location, url);
      if (url.href.split('?')[0] === redirectUri) return url.searchParams;
      response = await get(url);
    } else if (!asked && response.status === 200) {
      asked = true;
      response = await get(url, new URLSearchParams({ name, password }));
    } else if (asked && response.status === 401) {
      throw new LoginRefused('nobody of that name and password');
    } else {
      throw new SignInFailed(
        `${url.pathname} answered ${response.status}: ${(await response.text()).trim()}`,
      );
    }
  }
  throw new SignInFailed('too many redirects');
}

async function exchange(flow: CodeFlow, code: string, verifier: string): Promise<CodeTokens> {
  const response = await fetch(flow.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: flow.clientId,
      redirect_uri: flow.redirectUri,
      code,
      code_verifier: verifier,
    }),
  });
  const body: unknown = await response.json();
  if (isTokens(body)) return body;
  const reason = isObject(body) ? (body['error_description'] ?? body['error']) : undefined;
  throw new SignInFailed(
    typeof reason === 'string' ? reason : `the token endpoint answered ${response.status}`,
  );
}

const isTokens = (body: unknown): body is CodeTokens =>
  isObject(body) && typeof body['access_token'] === 'string';

const random = (): string => randomBytes(32).toString('base64url');

import { checkSecret } from '../passwords/secret-hash.ts';
import type { PoolClient, UserPool } from '../pool.ts';
import { OAuthError } from './answers.ts';

/** A client with a secret proves it, in the header or in the body. @throws OAuthError invalid_client */
export function authenticatedClient(
  pool: UserPool,
  authorization: string | undefined,
  form: URLSearchParams,
): PoolClient {
  const [id, secret] = credentials(authorization, form);
  const client = pool.clients.get(id);
  if (!client?.settings.oauth.enabled) throw new OAuthError('invalid_client');
  try {
    checkSecret(client, secret);
  } catch {
    throw new OAuthError('invalid_client');
  }
  return client;
}

function credentials(authorization: string | undefined, form: URLSearchParams): [string, string | undefined] {
  const [, basic] = /^Basic (.+)$/i.exec(authorization ?? '') ?? [];
  if (basic === undefined) return [form.get('client_id') ?? '', form.get('client_secret') ?? undefined];
  const [id = '', secret] = Buffer.from(basic, 'base64').toString().split(/:(.*)/s);
  return [id, secret];
}

import type { HttpAnswer, HttpCall } from '../../endpoint.ts';
import type { UserPool } from '../pool.ts';
import { page, redirect } from './answers.ts';

/**
 * `/logout`: back to the application. The pages keep nobody signed in here, so that there is no cookie to forget;
 * tokens stay what they are, and so does the sign-in at an identity provider, as on AWS.
 */
export function logout(pool: UserPool, { query }: HttpCall): HttpAnswer {
  const client = pool.clients.get(query.get('client_id') ?? '');
  if (!client?.settings.oauth.enabled) return page(400, 'There is no such client');
  const uri = query.get('logout_uri');
  if (uri !== null)
    return client.settings.oauth.logoutUrls.includes(uri)
      ? redirect(uri, {})
      : page(400, 'The logout_uri is not registered');
  // Cognito Developer Guide, "The managed login sign-out endpoint": with these, on to another sign-in.
  if (query.get('redirect_uri') === null || query.get('response_type') === null)
    return page(400, 'Either logout_uri, or redirect_uri and response_type, are needed');
  return {
    status: 302,
    headers: { location: `oauth2/authorize?${query.toString()}`, 'cache-control': 'no-store' },
    body: '',
  };
}

import type { HttpAnswer, HttpCall } from '../../endpoint.ts';
import { AwsError } from '../../aws/service.ts';
import type { State } from '../state.ts';
import { failed, page, redirect } from './answers.ts';
import { federatedUser } from './federated-user.ts';
import type { Grants, SignInElsewhere } from './grants.ts';
import { claimsFrom, cookieName, discover, ProviderFailed, responsePage } from './provider.ts';

/** `/oauth2/idpresponse`: the browser is back from the identity provider, and goes on to the application. */
export async function idpResponse(
  state: State,
  grants: Grants,
  { query, headers }: HttpCall,
): Promise<HttpAnswer> {
  const begun = grants.elsewhere.take(query.get('state') ?? '');
  // Without the cookie somebody else's browser could be made to end a sign-in that it has not begun.
  if (!begun || cookieOf(headers.cookie) !== begun.cookie)
    return page(400, 'There is no such sign-in, or it took too long');
  const code = query.get('code');
  const { request } = begun;
  if (code === null)
    return failed(
      request,
      'invalid_request',
      query.get('error_description') ?? query.get('error') ?? 'no code',
    );
  try {
    const user = federatedUser(state, request, begun.provider, await signedIn(state, begun, code));
    return redirect(request.redirectUri, { code: grants.codes.put({ request, user }), state: request.state });
  } catch (error) {
    if (error instanceof ProviderFailed || error instanceof AwsError)
      return failed(request, 'invalid_request', error.message);
    throw error;
  }
}

async function signedIn({ places }: State, { provider, nonce, request }: SignInElsewhere, code: string) {
  const redirectUri = responsePage(places, request.pool);
  return claimsFrom(provider, await discover(places, provider), { code, redirectUri, nonce });
}

const cookieOf = (header = ''): string | undefined =>
  header
    .split('; ')
    .find((one) => one.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1);

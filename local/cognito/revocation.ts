import type { PoolClient } from './pool.ts';
import type { State } from './state.ts';

/** Why a refresh token is not revoked. */
export type NotRevoked = 'disabled' | 'no refresh token' | 'of another client';

/**
 * Ends the sign-in that a refresh token continues, its access tokens included as far as the service itself takes them.
 * A token that nobody knows is revoked already (RFC 7009, section 2.2).
 */
export function revoke(
  { sessions }: Pick<State, 'sessions'>,
  client: PoolClient,
  token: string,
): NotRevoked | undefined {
  if (!client.settings.revokesTokens) return 'disabled';
  if (token.split('.').length === 3) return 'no refresh token';
  const session = sessions.find(token);
  if (session && session.client !== client) return 'of another client';
  if (session) session.revoked = true;
  return undefined;
}

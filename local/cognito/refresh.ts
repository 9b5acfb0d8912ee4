import { notAuthorized } from './errors.ts';
import type { PoolClient, UserPool } from './pool.ts';
import type { Session } from './sessions.ts';
import { lookUpUser, type State } from './state.ts';

/**
 * The sign-in that a refresh token continues. A token of another client, or of a user who is gone, says no more than a
 * wrong one.
 * @throws AwsError NotAuthorizedException
 */
export function findSession(
  { sessions }: Pick<State, 'sessions'>,
  { pool, client }: { readonly pool: UserPool; readonly client: PoolClient },
  refreshToken: string,
): Session {
  const session = sessions.find(refreshToken);
  if (!session || session.client !== client || lookUpUser(pool, session.user.sub) !== session.user)
    throw notAuthorized('Invalid Refresh Token');
  return session;
}

/** @throws AwsError NotAuthorizedException */
export function checkUsable({ user, revoked, until }: Session, now: number): void {
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (revoked) throw notAuthorized('Refresh Token has been revoked');
  if (until <= now) throw notAuthorized('Refresh Token has expired');
}

import { randomUUID } from 'node:crypto';
import type { PoolClient, User, UserPool } from '../pool.ts';
import type { Session } from '../sessions.ts';
import { groupsOf, type State } from '../state.ts';
import { claimsFor, type Origin } from './claims.ts';
import { askTrigger } from './pre-token-trigger.ts';
import { sign } from './sign.ts';
import type { Subject, TriggerSource } from './trigger-event.ts';
import { secondsOf } from './validity.ts';

/** The tokens of a new sign-in. @throws AwsError when the pool's trigger does not agree */
export async function openSession(
  state: State,
  pool: UserPool,
  client: PoolClient,
  user: User,
): Promise<object> {
  const now = state.now();
  const origin = { jti: randomUUID(), authTime: Math.floor(now / 1000) };
  const result = await issue(state, { pool, client, user }, 'TokenGeneration_Authentication', origin);
  state.sessions.prune(now);
  const until = now + secondsOf(client.settings.validity.RefreshToken) * 1000;
  const refreshToken = state.sessions.open({ pool, client, user, origin, until });
  return signedIn({ ...result, RefreshToken: refreshToken });
}

/** New tokens of an earlier sign-in, whose refresh token stays. The user's groups and attributes are today's. */
export async function continueSession(state: State, session: Session): Promise<object> {
  return signedIn(await issue(state, session, 'TokenGeneration_RefreshTokens', session.origin));
}

const signedIn = (AuthenticationResult: object): object => ({
  AuthenticationResult,
  ChallengeParameters: {},
});

async function issue(
  { now, keys, invoke }: State,
  { pool, client, user }: Omit<Subject, 'groups'>,
  source: TriggerSource,
  origin: Origin,
): Promise<object> {
  const subject = { pool, client, user, groups: groupsOf(pool, user) };
  const overrides = await askTrigger(invoke, source, subject);
  const claims = claimsFor(subject, overrides, origin, Math.floor(now() / 1000));
  const { id, access } = await keys.keysOf(pool.id);
  return {
    AccessToken: await sign(claims.access, access),
    IdToken: await sign(claims.id, id),
    ExpiresIn: secondsOf(client.settings.validity.AccessToken),
    TokenType: 'Bearer',
  };
}

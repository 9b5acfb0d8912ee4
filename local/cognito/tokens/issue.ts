import { randomUUID } from 'node:crypto';
import type { Session } from '../sessions.ts';
import { groupsOf, type State } from '../state.ts';
import { claimsFor, hasIdToken, machineClaims, type Origin } from './claims.ts';
import { askMachineTrigger, askTrigger } from './pre-token-trigger.ts';
import { sign } from './sign.ts';
import type { Machine, Subject, TriggerSource } from './trigger-event.ts';
import { secondsOf } from './validity.ts';

/** How a user signed in. */
export interface SignIn extends Pick<Origin, 'scopes' | 'nonce' | 'byPages'> {
  readonly source: TriggerSource;
}

/** As the service's API names them. Without the scope `openid` there is no ID token. */
export interface Tokens {
  readonly AccessToken: string;
  readonly IdToken?: string;
  readonly RefreshToken?: string;
  /** Seconds. */
  readonly ExpiresIn: number;
  readonly TokenType: 'Bearer';
}

/** The tokens of a new sign-in. @throws AwsError when the pool's trigger does not agree */
export async function openSession(
  state: State,
  { pool, client, user }: Omit<Subject, 'groups'>,
  { source, ...how }: SignIn,
): Promise<Tokens> {
  const now = state.now();
  const origin = { jti: randomUUID(), authTime: Math.floor(now / 1000), ...how };
  const tokens = await issue(state, { pool, client, user }, source, origin);
  state.sessions.prune(now);
  const until = now + secondsOf(client.settings.validity.RefreshToken) * 1000;
  const refreshToken = state.sessions.open({ pool, client, user, origin, until });
  return { ...tokens, RefreshToken: refreshToken };
}

/** New tokens of an earlier sign-in, whose refresh token stays. The user's groups and attributes are today's. */
export const continueSession = (state: State, session: Session): Promise<Tokens> =>
  issue(state, session, 'TokenGeneration_RefreshTokens', session.origin);

async function issue(
  { now, keys, invoke }: State,
  { pool, client, user }: Omit<Subject, 'groups'>,
  source: TriggerSource,
  origin: Origin,
): Promise<Tokens> {
  const subject = { pool, client, user, groups: groupsOf(pool, user) };
  const overrides = await askTrigger(invoke, source, subject, origin.scopes);
  const claims = claimsFor(subject, overrides, origin, Math.floor(now() / 1000));
  const { id, access } = await keys.keysOf(pool.id);
  return {
    AccessToken: await sign(claims.access, access),
    ...(hasIdToken(origin) && { IdToken: await sign(claims.id, id) }),
    ExpiresIn: secondsOf(client.settings.validity.AccessToken),
    TokenType: 'Bearer',
  };
}

/** An access token for an application itself: nobody signed in, so that there is nothing to continue. */
export async function issueToMachine({ now, keys, invoke }: State, machine: Machine): Promise<Tokens> {
  const overrides = await askMachineTrigger(invoke, machine);
  const claims = machineClaims(machine, overrides, Math.floor(now() / 1000));
  const { access } = await keys.keysOf(machine.pool.id);
  return {
    AccessToken: await sign(claims, access),
    ExpiresIn: secondsOf(machine.client.settings.validity.AccessToken),
    TokenType: 'Bearer',
  };
}

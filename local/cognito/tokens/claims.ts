import { randomUUID } from 'node:crypto';
import { mayRead } from '../attributes/client-access.ts';
import { IDENTITIES, readIdentities } from '../attributes/identities.ts';
import { issuerOf } from './issuer.ts';
import type { ClaimChanges, ClaimValue, Overrides } from './overrides.ts';
import type { PoolClient } from '../pool.ts';
import type { Machine, Subject } from './trigger-event.ts';
import { secondsOf } from './validity.ts';

export type Claims = Readonly<Record<string, ClaimValue>>;

/** What sign-ins by the service's API may do (Cognito Developer Guide, "Scopes"). */
export const OWN_SCOPES: readonly string[] = ['aws.cognito.signin.user.admin'];

/** A sign-in, which all tokens that are refreshed from it share. Times in epoch seconds. */
export interface Origin {
  readonly jti: string;
  readonly authTime: number;
  readonly scopes: readonly string[];
  /** What the application wants to find in the ID token. */
  readonly nonce?: string;
  /** Whether it began at the pool's sign-in pages. */
  readonly byPages?: true;
}

/** Sign-ins by the service's API have one always, those by its pages where it is asked for. */
export const hasIdToken = ({ byPages, scopes }: Origin): boolean => !byPages || scopes.includes('openid');

/** Cognito Developer Guide, "Pre token generation Lambda trigger": what a trigger cannot change in any token. */
const PROTECTED = new Set([
  'acr', 'amr', 'at_hash', 'auth_time', 'azp', 'exp', 'iat', 'iss', 'jti', 'nbf', 'nonce', 'origin_jti', 'sub',
  'token_use', 'event_id',
]); // prettier-ignore
const PROTECTED_IN_ID = new Set(['identities', 'aud']);
const PROTECTED_IN_ACCESS = new Set(['username', 'client_id', 'scope', 'device_key', 'version']);
/** Groups have an override of their own; the rest is the service's. */
const RESERVED_PREFIXES = ['cognito:', 'dev:'];

/** The claims of a user's two tokens after all changes. `now` in epoch seconds. */
export function claimsFor(
  { pool, client, user, groups }: Subject,
  overrides: Overrides,
  origin: Origin,
  now: number,
): { readonly id: Claims; readonly access: Claims } {
  const { validity } = client.settings;
  const groupNames = overrides.groups ?? groups.map(({ name }) => name);
  const shared = {
    sub: user.sub,
    ...(groupNames.length > 0 && { 'cognito:groups': groupNames }),
    iss: issuerOf(pool.id),
    // As the client asked for them: without revocation, tokens do not tell which sign-in they are from.
    ...(client.settings.revokesTokens && { origin_jti: origin.jti }),
    event_id: randomUUID(),
    auth_time: origin.authTime,
    iat: now,
  };
  const access: Claims = {
    ...shared,
    client_id: client.id,
    token_use: 'access',
    scope: scopeClaim(origin.scopes, overrides),
    exp: now + secondsOf(validity.AccessToken),
    jti: randomUUID(),
    username: user.username,
    ...(origin.byPages && { version: 2 }),
  };
  const id: Claims = {
    ...userClaims({ pool, client, user, groups }),
    ...shared,
    'cognito:username': user.username,
    aud: client.id,
    token_use: 'id',
    ...(origin.nonce !== undefined && { nonce: origin.nonce }),
    exp: now + secondsOf(validity.IdToken),
    jti: randomUUID(),
  };
  return {
    access: changedAccess(access, overrides, client),
    id: changed(id, overrides.id, (name) => PROTECTED_IN_ID.has(name)),
  };
}

/** The claims of an access token that an application gets for itself. `now` in epoch seconds. */
export function machineClaims({ pool, client, scopes }: Machine, overrides: Overrides, now: number): Claims {
  const access: Claims = {
    sub: client.id,
    iss: issuerOf(pool.id),
    client_id: client.id,
    token_use: 'access',
    scope: scopeClaim(scopes, overrides),
    version: 2,
    auth_time: now,
    iat: now,
    exp: now + secondsOf(client.settings.validity.AccessToken),
    jti: randomUUID(),
  };
  return changedAccess(access, overrides, client);
}

const scopeClaim = (scopes: readonly string[], { scopesToAdd, scopesToSuppress }: Overrides): string =>
  [...new Set([...scopes.filter((scope) => !scopesToSuppress.includes(scope)), ...scopesToAdd])].join(' ');

/** "aud" may be added to an access token, but only as the client's own id. */
const changedAccess = (access: Claims, overrides: Overrides, client: Pick<PoolClient, 'id'>): Claims =>
  changed(
    access,
    overrides.access,
    (name, value) => PROTECTED_IN_ACCESS.has(name) || (name === 'aud' && value !== client.id),
  );

/** The user's attributes that the client may read, in their own types. */
function userClaims({ pool, client, user }: Subject): Claims {
  const readable = [...user.attributes].filter(
    ([name]) => name === IDENTITIES || mayRead(client.settings, name),
  );
  return Object.fromEntries<ClaimValue>(
    readable.map(([name, value]) => {
      if (name === IDENTITIES) return [name, readIdentities(value)];
      // Custom attributes arrive as text, whatever their type.
      const flag = pool.attributes.get(name)?.type === 'Boolean' && !name.startsWith('custom:');
      return [name, flag ? value === 'true' : value];
    }),
  );
}

/** What a trigger may not touch stays as it is. What it both adds and suppresses is suppressed. */
function changed(
  claims: Claims,
  { add, suppress }: ClaimChanges,
  isProtectedHere: (name: string, value?: ClaimValue) => boolean,
): Claims {
  const isOpen = (name: string, value?: ClaimValue): boolean =>
    !PROTECTED.has(name) &&
    !RESERVED_PREFIXES.some((prefix) => name.startsWith(prefix)) &&
    !isProtectedHere(name, value);
  const added = Object.entries(add).filter(([name, value]) => isOpen(name, value));
  const gone = new Set(suppress.filter((name) => isOpen(name)));
  return Object.fromEntries(
    Object.entries({ ...claims, ...Object.fromEntries(added) }).filter(([name]) => !gone.has(name)),
  );
}

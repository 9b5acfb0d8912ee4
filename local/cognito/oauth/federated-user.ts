import { randomUUID } from 'node:crypto';
import type { Json } from '../../aws/input.ts';
import { checkWritable } from '../attributes/client-access.ts';
import { identityOf, IDENTITIES } from '../attributes/identities.ts';
import { checkValues } from '../attributes/values.ts';
import { notAuthorized } from '../errors.ts';
import type { IdentityProvider, User, UserPool } from '../pool.ts';
import { userKey, type State } from '../state.ts';
import type { SignInRequest } from './grants.ts';

/**
 * The pool's own profile of somebody who signed in at a provider: made at the first sign-in, its mapped attributes
 * written at each (Cognito Developer Guide, "Mapping IdP attributes to profiles and tokens"). A mapped attribute that
 * the client may not write fails the sign-in.
 * @throws AwsError
 */
export function federatedUser(
  { now, nextSequence }: Pick<State, 'now' | 'nextSequence'>,
  { pool, client }: SignInRequest,
  provider: IdentityProvider,
  claims: Json & { readonly sub: string },
): User {
  const { username: nameClaim = 'sub', ...mapping } = provider.attributeMapping;
  const id = claims[nameClaim] === undefined ? claims.sub : asText(claims[nameClaim]);
  const mapped = new Map(
    Object.entries(mapping).flatMap(([attribute, claim]): [string, string][] =>
      claims[claim] === undefined ? [] : [[attribute, asText(claims[claim])]],
    ),
  );
  checkWritable(client.settings, mapped.keys());
  checkValues(pool, mapped);
  const username = `${provider.name}_${id}`;
  const known = pool.users.get(userKey(pool, username));
  if (known) {
    if (!known.enabled) throw notAuthorized('User is disabled.');
    known.attributes = new Map([...known.attributes, ...mapped]);
    known.modifiedAt = now();
    return known;
  }
  const at = now();
  const user: User = {
    username,
    sub: randomUUID(),
    sequence: nextSequence(),
    createdAt: at,
    modifiedAt: at,
    groups: new Set([providerGroup(pool, provider, { at, nextSequence })]),
    attributes: new Map([[IDENTITIES, JSON.stringify([identityOf(provider.name, id, at)])], ...mapped]),
    enabled: true,
    password: { kind: 'external' },
  };
  pool.users.set(userKey(pool, username), user);
  return user;
}

/** All users of a provider are in a group of the service's own. */
function providerGroup(
  { id, groups }: UserPool,
  provider: IdentityProvider,
  { at, nextSequence }: { readonly at: number } & Pick<State, 'nextSequence'>,
): string {
  const name = `${id}_${provider.name}`;
  if (!groups.has(name)) groups.set(name, { name, sequence: nextSequence(), createdAt: at, modifiedAt: at });
  return name;
}

const asText = (claim: unknown): string => (typeof claim === 'string' ? claim : JSON.stringify(claim));

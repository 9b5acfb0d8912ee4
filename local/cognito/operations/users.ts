import { randomUUID } from 'node:crypto';
import { optionalFlag, optionalText, text, textList, type Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import { checkChange, checkNew, readValues, toWire } from '../attributes/values.ts';
import { invalidParameter } from '../errors.ts';
import { checkName, refuseOthers } from '../fields.ts';
import { page } from '../paging.ts';
import { hashPassword } from '../passwords/hash.ts';
import { checkPassword } from '../passwords/policy.ts';
import { statusOf, type User, type UserPool } from '../pool.ts';
import { findPool, findUser, seconds, userKey, type State } from '../state.ts';
import { userMatcher } from '../user-filter.ts';
import type { Operations } from './operations.ts';

const DAY_MS = 86_400_000;

/** Users, as an administrator keeps them. */
export function userOperations(state: State): Operations {
  const temporary = async (pool: UserPool, password: string): Promise<User['password']> => ({
    hash: await hashPassword(password),
    kind: 'temporary',
    until: state.now() + pool.settings.passwordPolicy.TemporaryPasswordValidityDays * DAY_MS,
  });
  const setEnabled = (input: Json, enabled: boolean): object => {
    const user = findUser(findPool(state, input), input);
    user.enabled = enabled;
    user.modifiedAt = state.now();
    // Tokens end with the user; enabling again needs a new sign-in (API Reference, AdminDisableUser).
    if (!enabled) state.sessions.revokeAll(user);
    return {};
  };

  return {
    async AdminCreateUser(input) {
      refuseOthers(input, ['UserPoolId', 'Username', 'UserAttributes', 'TemporaryPassword', 'MessageAction']);
      if (optionalText(input, 'MessageAction') !== 'SUPPRESS')
        throw invalidParameter('The embedded cloud sends no invitations: MessageAction must be SUPPRESS');
      const pool = findPool(state, input);
      const username = checkName(text(input, 'Username'), 'Username');
      const attributes = readValues(input, 'UserAttributes');
      checkNew(pool, attributes);
      const given = optionalText(input, 'TemporaryPassword');
      if (given !== undefined) checkPassword(pool.settings.passwordPolicy, given);
      // Nobody knows a password that nobody gave: an administrator has to set one.
      const password = await temporary(pool, given ?? randomUUID());
      const key = userKey(pool, username);
      if (pool.users.has(key)) throw new AwsError('UsernameExistsException', 'User account already exists');
      const now = state.now();
      const user: User = {
        username,
        sub: randomUUID(),
        sequence: state.nextSequence(),
        createdAt: now,
        modifiedAt: now,
        groups: new Set(),
        attributes,
        enabled: true,
        password,
      };
      pool.users.set(key, user);
      return { User: described(user) };
    },
    AdminGetUser(input) {
      const { Attributes, ...rest } = described(findUser(findPool(state, input), input));
      return { ...rest, UserAttributes: Attributes };
    },
    ListUsers(input) {
      refuseOthers(input, ['UserPoolId', 'Limit', 'PaginationToken', 'Filter', 'AttributesToGet']);
      const pool = findPool(state, input);
      const matches = userMatcher(optionalText(input, 'Filter') ?? '');
      const names = { limit: 'Limit', token: 'PaginationToken' };
      const found = [...pool.users.values()].filter(matches);
      const { entries, nextToken } = page(`users/${pool.id}`, found, input, names);
      const wanted = textList(input, 'AttributesToGet');
      const shown = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
      return {
        Users: entries.map((user) => ({
          ...described(user),
          Attributes: toWire(user).filter(({ Name }) => shown(Name)),
        })),
        PaginationToken: nextToken,
      };
    },
    AdminUpdateUserAttributes(input) {
      refuseOthers(input, ['UserPoolId', 'Username', 'UserAttributes', 'ClientMetadata']);
      const pool = findPool(state, input);
      const user = findUser(pool, input);
      const changes = readValues(input, 'UserAttributes');
      checkChange(pool, changes);
      user.attributes = new Map([...user.attributes, ...changes]);
      user.modifiedAt = state.now();
      return {};
    },
    async AdminSetUserPassword(input) {
      const pool = findPool(state, input);
      const user = findUser(pool, input);
      if (user.password.kind === 'external')
        throw invalidParameter('The password of a federated user cannot be set');
      const password = text(input, 'Password');
      checkPassword(pool.settings.passwordPolicy, password);
      user.password = optionalFlag(input, 'Permanent')
        ? { hash: await hashPassword(password), kind: 'permanent' }
        : await temporary(pool, password);
      user.modifiedAt = state.now();
      return {};
    },
    AdminDisableUser: (input) => setEnabled(input, false),
    AdminEnableUser: (input) => setEnabled(input, true),
    AdminUserGlobalSignOut(input) {
      state.sessions.revokeAll(findUser(findPool(state, input), input));
      return {};
    },
    AdminDeleteUser(input) {
      const pool = findPool(state, input);
      const user = findUser(pool, input);
      pool.users.delete(userKey(pool, user.username));
      state.sessions.revokeAll(user);
      return {};
    },
  };
}

const described = (user: User) => ({
  Username: user.username,
  Attributes: toWire(user),
  UserCreateDate: seconds(user.createdAt),
  UserLastModifiedDate: seconds(user.modifiedAt),
  Enabled: user.enabled,
  UserStatus: statusOf(user),
});

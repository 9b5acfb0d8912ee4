import { optionalNumber, optionalText, text, type Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import { checkName, refuseOthers, within } from '../fields.ts';
import { page } from '../paging.ts';
import type { Group, UserPool } from '../pool.ts';
import { findGroup, findPool, findUser, groupsOf, seconds, type State } from '../state.ts';
import type { Operations } from './operations.ts';

/** Cognito Developer Guide, "Quotas": groups that one user may be in. */
const MAX_GROUPS_OF_USER = 100;
const PARAMETERS = ['UserPoolId', 'GroupName', 'Description', 'Precedence'];
const PAGE = { limit: 'Limit', token: 'NextToken' };

/** Groups of a pool and who is in them. */
export function groupOperations(state: State): Operations {
  return {
    CreateGroup(input) {
      refuseOthers(input, PARAMETERS);
      const pool = findPool(state, input);
      const name = checkName(text(input, 'GroupName'), 'GroupName');
      if (pool.groups.has(name))
        throw new AwsError('GroupExistsException', 'A group with the name already exists.');
      const now = state.now();
      const group: Group = {
        name,
        sequence: state.nextSequence(),
        createdAt: now,
        modifiedAt: now,
        ...readSettings(input),
      };
      pool.groups.set(name, group);
      return { Group: described(pool, group) };
    },
    UpdateGroup(input) {
      refuseOthers(input, PARAMETERS);
      const pool = findPool(state, input);
      const { name, sequence, createdAt } = findGroup(pool, input);
      const group: Group = { name, sequence, createdAt, modifiedAt: state.now(), ...readSettings(input) };
      pool.groups.set(name, group);
      return { Group: described(pool, group) };
    },
    GetGroup(input) {
      const pool = findPool(state, input);
      return { Group: described(pool, findGroup(pool, input)) };
    },
    ListGroups(input) {
      const pool = findPool(state, input);
      const { entries, nextToken } = page(`groups/${pool.id}`, pool.groups.values(), input, PAGE);
      return { Groups: entries.map((group) => described(pool, group)), NextToken: nextToken };
    },
    DeleteGroup(input) {
      const pool = findPool(state, input);
      const { name } = findGroup(pool, input);
      pool.groups.delete(name);
      for (const user of pool.users.values()) user.groups.delete(name);
      return {};
    },
    AdminAddUserToGroup(input) {
      const pool = findPool(state, input);
      const user = findUser(pool, input);
      const { name } = findGroup(pool, input);
      if (!user.groups.has(name) && user.groups.size >= MAX_GROUPS_OF_USER)
        throw new AwsError('LimitExceededException', 'Exceeded maximum number of groups of a user');
      user.groups.add(name);
      return {};
    },
    AdminRemoveUserFromGroup(input) {
      const pool = findPool(state, input);
      findUser(pool, input).groups.delete(findGroup(pool, input).name);
      return {};
    },
    AdminListGroupsForUser(input) {
      const pool = findPool(state, input);
      const user = findUser(pool, input);
      const { entries, nextToken } = page(`groups/${user.sub}`, groupsOf(pool, user), input, PAGE);
      return { Groups: entries.map((group) => described(pool, group)), NextToken: nextToken };
    },
  };
}

function readSettings(input: Json): Pick<Group, 'description' | 'precedence'> {
  const description = optionalText(input, 'Description');
  const precedence = optionalNumber(input, 'Precedence');
  return {
    ...(description !== undefined && { description }),
    ...(precedence !== undefined && { precedence: within(precedence, 0, 2 ** 31 - 1, 'Precedence') }),
  };
}

const described = (
  pool: UserPool,
  { name, description, precedence, createdAt, modifiedAt }: Group,
): Json => ({
  UserPoolId: pool.id,
  GroupName: name,
  Description: description,
  Precedence: precedence,
  CreationDate: seconds(createdAt),
  LastModifiedDate: seconds(modifiedAt),
});

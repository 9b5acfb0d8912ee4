import { text, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { notFound } from './errors.ts';
import type { Group, PoolClient, User, UserPool } from './pool.ts';
import { createSessions, type Sessions } from './sessions.ts';
import type { InvokeTrigger } from './tokens/pre-token-trigger.ts';
import type { KeyStore } from './tokens/signing-keys.ts';

/** Where on this machine something is that has a host of its own on the internet. */
export interface Places {
  /** Of a pool's sign-in pages and token endpoint; no slash at its end. */
  pages(domain: string): string;
  /** Of who stands in for an identity provider. */
  issuer(issuer: string): Promise<string>;
}

/** What all operations share. */
export interface State {
  readonly region: string;
  readonly account: string;
  readonly pools: Map<string, UserPool>;
  readonly sessions: Sessions;
  readonly keys: KeyStore;
  readonly invoke: InvokeTrigger;
  readonly places: Places;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Rises with everything that is made. */
  readonly nextSequence: () => number;
}

export function createState(args: Omit<State, 'pools' | 'sessions' | 'nextSequence'>): State {
  let sequence = 0;
  return { ...args, pools: new Map(), sessions: createSessions(), nextSequence: () => sequence++ };
}

/** As the service's protocol writes times. */
export const seconds = (milliseconds: number): number => milliseconds / 1000;

/** The pool that a request names. @throws AwsError ResourceNotFoundException */
export function findPool({ pools }: State, input: Json): UserPool {
  const id = text(input, 'UserPoolId');
  const pool = pools.get(id);
  if (!pool) throw notFound(`User pool ${id} does not exist.`);
  return pool;
}

/** The client that a request names, in whatever pool. @throws AwsError ResourceNotFoundException */
export function findClient(
  { pools }: Pick<State, 'pools'>,
  input: Json,
): { readonly pool: UserPool; readonly client: PoolClient } {
  const id = text(input, 'ClientId');
  for (const pool of pools.values()) {
    const client = pool.clients.get(id);
    if (client) return { pool, client };
  }
  throw notFound(`User pool client ${id} does not exist.`);
}

/** @throws AwsError ResourceNotFoundException */
export function findGroup({ groups }: UserPool, input: Json): Group {
  const group = groups.get(text(input, 'GroupName'));
  if (!group) throw notFound('Group not found.');
  return group;
}

export const userKey = ({ caseSensitive }: Pick<UserPool, 'caseSensitive'>, username: string): string =>
  caseSensitive ? username : username.toLowerCase();

/** By name, or by `sub`, which the service takes too. */
export const lookUpUser = (pool: UserPool, username: string): User | undefined =>
  pool.users.get(userKey(pool, username)) ?? [...pool.users.values()].find(({ sub }) => sub === username);

/** @throws AwsError UserNotFoundException */
export function findUser(pool: UserPool, input: Json): User {
  const user = lookUpUser(pool, text(input, 'Username'));
  if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
  return user;
}

/** A user's groups, the weightiest first. */
export const groupsOf = ({ groups }: UserPool, user: User): readonly Group[] =>
  [...groups.values()]
    .filter(({ name }) => user.groups.has(name))
    .toSorted((a, b) => (a.precedence ?? Infinity) - (b.precedence ?? Infinity) || a.sequence - b.sequence);

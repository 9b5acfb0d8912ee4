import { invalidParameter } from './errors.ts';
import type { User } from './pool.ts';

/** Attributes that may be searched for (API Reference, ListUsers), beside those below. */
const SEARCHABLE = ['email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username'];

const FILTER = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

/**
 * The filter of ListUsers: `email = "a@b.example"`, `username ^= "ali"`. An empty one finds everybody.
 * @throws AwsError InvalidParameterException
 */
export function userMatcher(filter: string): (user: User) => boolean {
  if (filter.trim() === '') return () => true;
  const [, attribute = '', operator, quoted] = FILTER.exec(filter) ?? [];
  if (quoted === undefined) throw invalidParameter('Error while parsing filter.');
  const wanted = quoted.replace(/\\(.)/g, '$1');
  const valueOf = reader(attribute);
  return (user) => {
    const value = valueOf(user);
    return value !== undefined && (operator === '=' ? value === wanted : value.startsWith(wanted));
  };
}

function reader(attribute: string): (user: User) => string | undefined {
  if (attribute === 'username') return ({ username }) => username;
  if (attribute === 'sub') return ({ sub }) => sub;
  if (attribute === 'status') return ({ enabled }) => (enabled ? 'Enabled' : 'Disabled');
  if (SEARCHABLE.includes(attribute)) return ({ attributes }) => attributes.get(attribute);
  throw invalidParameter(`One or more requested attributes cannot be searched: ${attribute}`);
}

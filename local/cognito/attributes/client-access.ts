import { invalidParameter, notAuthorized } from '../errors.ts';
import type { ClientSettings, UserPool } from '../pool.ts';
import { isStandard } from './schema.ts';

/** Set by the service alone, so that no client can claim to own an address. */
const NEVER_WRITTEN = ['sub', 'email_verified', 'phone_number_verified'];

/** @throws AwsError InvalidParameterException for attributes that the pool does not have */
export function checkLists(
  { attributes }: UserPool,
  { readAttributes, writeAttributes }: ClientSettings,
): void {
  if (readAttributes?.some((name) => name !== 'sub' && !attributes.has(name)))
    throw invalidParameter('Invalid read attributes specified while creating a client');
  if (writeAttributes?.some((name) => NEVER_WRITTEN.includes(name) || !attributes.has(name)))
    throw invalidParameter('Invalid write attributes specified while creating a client');
}

/** Without a list, a client may read and write the standard attributes (API Reference, CreateUserPoolClient). */
export const mayRead = ({ readAttributes }: ClientSettings, name: string): boolean =>
  readAttributes ? readAttributes.includes(name) : isStandard(name);

/** @throws AwsError NotAuthorizedException */
export function checkWritable({ writeAttributes }: ClientSettings, names: Iterable<string>): void {
  for (const name of names) {
    const listed = writeAttributes ? writeAttributes.includes(name) : isStandard(name);
    if (!listed || NEVER_WRITTEN.includes(name))
      throw notAuthorized('A client attempted to write unauthorized attribute');
  }
}

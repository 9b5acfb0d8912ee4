import { createHmac, timingSafeEqual } from 'node:crypto';
import { notAuthorized } from '../errors.ts';
import type { PoolClient } from '../pool.ts';

/**
 * A client with a secret proves it with every sign-in (Cognito Developer Guide, "Computing secret hash values").
 * @throws AwsError NotAuthorizedException
 */
export function checkSecretHash(
  { id, secret }: PoolClient,
  username: string,
  given: string | undefined,
): void {
  if (secret === undefined) {
    if (given !== undefined)
      throw notAuthorized(`Client ${id} is not configured for secret but secret was received`);
    return;
  }
  if (given === undefined)
    throw notAuthorized(`Client ${id} is configured with secret but SECRET_HASH was not received`);
  const wanted = createHmac('sha256', secret).update(username).update(id).digest('base64');
  if (!isSame(wanted, given)) throw notAuthorized(`Unable to verify secret hash for client ${id}`);
}

/** @throws AwsError NotAuthorizedException */
export function checkSecret({ id, secret }: PoolClient, given: string | undefined): void {
  if (secret !== undefined && !(given !== undefined && isSame(secret, given)))
    throw notAuthorized(`Unable to verify the secret of client ${id}`);
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

import type { RegistryRow } from '../tables/registry.ts';
import { federatedSubject } from './federated-subject.ts';
import type { TokenEvent } from './token-event.ts';
import { TokenRefused } from './token-refused.ts';

/** Somebody who is about to get a token. */
export interface SignedIn {
  /** What the token calls them. */
  readonly sub: string;
  /** What the tenant's records call them. */
  readonly known: string;
}

/** Whether an application signs in as itself, which the pool's own word alone can say. */
export const isMachine = ({ triggerSource }: Pick<TokenEvent, 'triggerSource'>): boolean =>
  triggerSource === 'TokenGeneration_ClientCredentials';

/**
 * Who signs in, by what Cognito itself says of them. A service is its client; nobody else may be taken for one.
 * @throws TokenRefused
 */
export function signedIn(event: TokenEvent, row: RegistryRow): SignedIn {
  const { clientId } = event.callerContext;
  const isService = row.kind === 'serviceClient';
  if (isMachine(event)) {
    if (!isService) throw new TokenRefused('the client is for people');
    return { sub: clientId, known: clientId };
  }
  if (isService) throw new TokenRefused('the client is a service: nobody signs in to it');
  const { sub, identities, 'custom:tenant_id': bound } = event.request.userAttributes ?? {};
  if (!sub) throw new TokenRefused("the sign-in is no user's");
  if (bound !== undefined && bound !== row.slug) throw new TokenRefused('the user belongs to another tenant');
  const known = row.kind === 'workforceApp' ? federatedSubject(identities) : sub;
  if (known === undefined) throw new TokenRefused('the sign-in was not by the identity provider');
  return { sub, known };
}

import { createHash } from 'node:crypto';
import { physicalName } from './names.ts';

/**
 * The value of a tenant's API key. It opens nothing: keys come from the authorizer alone, and a client's `x-api-key` is
 * never read. So it may be known before the first resource and stand in the registry, and a preview stays readable.
 * Letters and digits, as API Gateway wants them, and its own in the account, because the stack's name is in it.
 */
export const usageKey = (slug: string): string =>
  createHash('sha256')
    .update(physicalName(`usage-key-${slug}`))
    .digest('hex');

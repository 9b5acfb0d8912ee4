import { DatabaseUnavailable } from './backend/database-unavailable.ts';
import { DeciderUnavailable } from './decide/decider.ts';
import { IdentityUnavailable } from './identity/unavailable.ts';
import type { UnavailableReason } from './respond/reasons.ts';

/** What could not be asked, by the error that said so. Anything unforeseen is our own mistake. */
export function unavailableReason(error: unknown): UnavailableReason {
  if (error instanceof DeciderUnavailable) return 'DECIDER_UNAVAILABLE';
  if (error instanceof DatabaseUnavailable) return 'DATABASE_UNAVAILABLE';
  if (error instanceof IdentityUnavailable)
    return error.what === 'keys' ? 'KEYS_UNAVAILABLE' : 'REGISTRY_UNAVAILABLE';
  return 'INTERNAL';
}

import type { Settings } from './config-keys.ts';
import { ACCESS_TOKEN_MINUTES } from './token-life.ts';

/** A stream record is there within a second, and the sync writes 10 times a second to a store (Verified Permissions quotas). */
const SYNC_SECONDS = 5;

/** What may still hold of before a change. */
export type Caches = Pick<Settings, 'gatewayTtlSeconds' | 'registryStalenessSeconds' | 'storeConsistencyMs'>;

/**
 * How long a change takes until everybody feels it, at most, with the caches that the stack is configured with. A claim
 * is in tokens until they end.
 */
export function propagation({
  gatewayTtlSeconds: gateway,
  registryStalenessSeconds: registry,
  storeConsistencyMs,
}: Caches): string {
  // Between its phases (new forbids, permits, old permits, old forbids) the sync waits for the store.
  const stores = SYNC_SECONDS + (3 * storeConsistencyMs) / 1000;
  return [
    'Until everybody feels it, at most:',
    `  a policy      ${seconds(gateway + stores)}: gateway ${seconds(gateway)} (none for what is never cached), stream, sync and store ${seconds(stores)}`,
    `  a claim       ${seconds(gateway + ACCESS_TOKEN_MINUTES * 60)}: the life of a token more`,
    `  a suspension  ${seconds(gateway + registry)}: gateway, and a registry row that is ${seconds(registry)} old`,
  ].join('\n');
}

const seconds = (count: number): string => (count < 120 ? `${count} s` : `${Math.ceil(count / 60)} min`);

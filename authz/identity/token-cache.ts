import { LRUCache } from 'lru-cache';
import { sha256Hex } from '../../cedar/hash.ts';

/** Claims of a token whose signature, issuer and times were found good. */
export interface VerifiedToken {
  readonly claims: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly verifiedAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface TokenCache {
  get(key: string, ttlSeconds: number): VerifiedToken | undefined;
  set(key: string, verified: VerifiedToken): void;
}

/** A hash, so that a memory dump of the cache holds no token. */
export const tokenKey = (token: string, issuer: string, clientId: string): string =>
  sha256Hex(JSON.stringify([token, issuer, clientId]));

/** At some 2 kB of claims each, 4 MB. */
const ENTRIES = 2_000;

/**
 * Remembers cryptographic results only: whether the tenant, client and token use are acceptable is asked of the
 * registry row each time. An entry counts until the token expires or is `ttlSeconds` old, by the row as it is now.
 */
export function createTokenCache(now: () => number): TokenCache {
  const cache = new LRUCache<string, VerifiedToken>({ max: ENTRIES });
  return {
    get(key, ttlSeconds) {
      const found = cache.get(key);
      return found && now() < Math.min(found.expiresAt, found.verifiedAt + ttlSeconds * 1000)
        ? found
        : undefined;
    },
    set: (key, verified) => void cache.set(key, verified),
  };
}

import type { JwksCache } from 'aws-jwt-verify/jwk';
import { createDiscovery, type Discover } from './discovery.ts';
import { issuerFetcher } from './issuer-fetcher.ts';
import { createKeyCache } from './key-cache.ts';

/** How the signing keys of issuers are found and kept. */
export interface Keys {
  /** By key id; an unknown key id fetches once, then at most every 10 s. */
  readonly cache: JwksCache;
  readonly discover: Discover;
}

/**
 * @param standIn where issuers' documents are served instead; see `issuerFetcher`
 * @throws Error unless that is on this machine
 */
export function createKeys(standIn: string | undefined, now: () => number = Date.now): Keys {
  const fetcher = issuerFetcher(standIn);
  return { cache: createKeyCache(fetcher, now), discover: createDiscovery(fetcher, now) };
}

import type { Fetcher } from 'aws-jwt-verify/https';
import { LRUCache } from 'lru-cache';
import { isObject } from '../item-shape.ts';

/** Where an issuer's keys are. Throws when it does not say. */
export type Discover = (issuer: string) => Promise<string>;

/** Providers move their keys about once in a decade; a wrong answer must not stay for ever. */
const FRESH_MS = 60 * 60_000;
/** After a failure, and as often as keys of an unknown id are fetched: an outage is not made worse by asking. */
const PENALTY_MS = 10_000;
const ISSUERS = 1_000;

interface Known {
  readonly found: Promise<string>;
  /** Epoch milliseconds. */
  until: number;
}

/** OpenID Connect Discovery 1.0, section 4. Only for issuers of registry rows. */
export function createDiscovery(fetcher: Fetcher, now: () => number): Discover {
  const known = new LRUCache<string, Known>({ max: ISSUERS });
  return (issuer) => {
    const before = known.get(issuer);
    if (before && now() < before.until) return before.found;
    const entry: Known = { found: keysOf(fetcher, issuer), until: now() + FRESH_MS };
    known.set(issuer, entry);
    entry.found.catch(() => {
      entry.until = now() + PENALTY_MS;
    });
    return entry.found;
  };
}

async function keysOf(fetcher: Fetcher, issuer: string): Promise<string> {
  const answer = await fetcher.fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const document: unknown = JSON.parse(new TextDecoder().decode(answer));
  // Section 4.3: exactly the issuer that was asked, or somebody else's keys would be taken for its own.
  if (!isObject(document) || document['issuer'] !== issuer)
    throw new Error('the discovery document is of another issuer');
  const { jwks_uri: keys } = document;
  if (typeof keys !== 'string' || !URL.canParse(keys) || new URL(keys).protocol !== 'https:')
    throw new Error('the discovery document names no keys');
  return keys;
}

import { KidNotFoundInJwksError } from 'aws-jwt-verify/error';
import type { Fetcher } from 'aws-jwt-verify/https';
import { findJwkInJwks, type Jwks, type JwksCache, SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { LRUCache } from 'lru-cache';

/** How long a key that its issuer withdrew still counts, while the issuer can be asked. */
const FRESH_MS = 5 * 60_000;
/** The same while it cannot: an outage of the issuer is not one of the API, for so long. */
const USABLE_MS = 60 * 60_000;
/** Between two looks for an unknown key id: whoever makes up key ids must not make us ask for each. */
const UNKNOWN_MS = 10_000;
/** Between two looks that failed. */
const FAILED_MS = 1_000;
const ISSUERS = 1_000;

interface Held {
  keys?: Jwks;
  /** When they were asked for, in epoch milliseconds, as are all others here. */
  readAt: number;
  /** Before then nobody looks again for a key id that was not among them. */
  unknownUntil: number;
  /** Before then nobody looks again at all. */
  failedUntil: number;
  failure: unknown;
}

/**
 * The signing keys of issuers by their URL, read at most every 5 minutes where every token is signed with a known key.
 * Not the library's own cache, which keeps a key for as long as the process lives and asks again for every token while
 * an issuer is down.
 */
export function createKeyCache(fetcher: Fetcher, now: () => number): JwksCache {
  const reader = new SimpleJwksCache({ fetcher });
  const issuers = new LRUCache<string, Held>({ max: ISSUERS });

  function heldOf(uri: string): Held {
    const known = issuers.get(uri);
    if (known) return known;
    const made: Held = { readAt: 0, unknownUntil: 0, failedUntil: 0, failure: undefined };
    issuers.set(uri, made);
    return made;
  }

  /** Callers at the same time share one look. */
  async function read(uri: string, held: Held): Promise<Jwks> {
    const begun = now();
    if (begun < held.failedUntil) throw held.failure;
    try {
      const keys = await reader.getJwks(uri);
      Object.assign(held, { keys, readAt: begun });
      return keys;
    } catch (error) {
      Object.assign(held, { failure: error, failedUntil: now() + FAILED_MS });
      throw error;
    }
  }

  async function find(uri: string, kid: string) {
    const held = heldOf(uri);
    const known = held.keys && findJwkInJwks(held.keys, kid);
    const age = now() - held.readAt;
    if (known && age < FRESH_MS) return known;
    if (!known && held.keys && age < USABLE_MS && now() < held.unknownUntil) return undefined;
    try {
      const found = findJwkInJwks(await read(uri, held), kid);
      if (!found) held.unknownUntil = now() + UNKNOWN_MS;
      return found;
    } catch (error) {
      if (known && age < USABLE_MS) return known;
      throw error;
    }
  }

  return {
    async getJwk(uri, { header: { kid = '' } }) {
      const key = await find(uri, kid);
      if (!key) throw new KidNotFoundInJwksError('no key of the issuer has this id');
      return key;
    },
    getCachedJwk(uri, { header: { kid = '' } }) {
      const { keys } = heldOf(uri);
      const key = keys && findJwkInJwks(keys, kid);
      if (!key) throw new KidNotFoundInJwksError('no key of the issuer that is known has this id');
      return key;
    },
    getJwks: (uri) => read(uri, heldOf(uri)),
    addJwks: (uri, keys) => void Object.assign(heldOf(uri), { keys, readAt: now() }),
  };
}

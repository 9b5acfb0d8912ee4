import { LRUCache } from 'lru-cache';

/** Entries that keep a token each: far more than one machine's clients need, far less than its memory. */
const MAX_REMEMBERED = 10_000;

/** What authorizers answered, for as long as their TTL. */
export interface DecisionMemory<T> {
  /** Nothing where the TTL is 0: not even what was remembered before it became so. */
  get(key: string, ttlSeconds: number): T | undefined;
  set(key: string, answer: T, ttlSeconds: number): void;
}

/** @param now epoch milliseconds */
export function createDecisionMemory<T extends object>(now: () => number): DecisionMemory<T> {
  const cache = new LRUCache<string, { readonly answer: T; readonly until: number }>({ max: MAX_REMEMBERED });
  return {
    get(key, ttlSeconds) {
      const found = ttlSeconds > 0 ? cache.get(key) : undefined;
      return found && found.until > now() ? found.answer : undefined;
    },
    set(key, answer, ttlSeconds) {
      if (ttlSeconds > 0) cache.set(key, { answer, until: now() + ttlSeconds * 1000 });
    },
  };
}

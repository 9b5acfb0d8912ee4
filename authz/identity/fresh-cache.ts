import { LRUCache } from 'lru-cache';

export interface Fresh<Value> {
  readonly value: Value;
  /** Whether it was read before this call. */
  readonly hit: boolean;
}

/**
 * Remembers what `read` answered, never longer than `stalenessMs` from the moment the reading *began*: measured from
 * its end, an answer could be older than the bound by the time the reading took. Callers at the same time share one
 * reading; a failure is not remembered.
 * @param entries most keys remembered, because clients choose some of them
 */
export function freshCache<Value>(options: {
  readonly read: (key: string) => Promise<Value>;
  readonly stalenessMs: number;
  readonly entries: number;
  readonly now: () => number;
}): (key: string) => Promise<Fresh<Value>> {
  const { read, stalenessMs, now } = options;
  const cache = new LRUCache<string, { readonly value: Promise<Value>; readonly begun: number }>({
    max: options.entries,
  });
  return async (key) => {
    const begun = now();
    const known = cache.get(key);
    if (known && begun - known.begun < stalenessMs) return { value: await known.value, hit: true };
    const entry = { value: read(key), begun };
    cache.set(key, entry);
    try {
      return { value: await entry.value, hit: false };
    } catch (error) {
      if (cache.peek(key) === entry) cache.delete(key);
      throw error;
    }
  };
}

import { LRUCache } from 'lru-cache';

/** Milliseconds to wait before this may be done again; 0 when it may be done now, which then counts. */
export type RateLimit = (key: string) => number;

const KEYS = 10_000;

/**
 * `perSecond` on average, `burst` at once, of each key (generic cell rate algorithm: one number a key). Counted in this
 * process: a service with several instances allows as much in each.
 */
export function createRateLimit(perSecond: number, burst: number, now: () => number): RateLimit {
  const interval = 1_000 / perSecond;
  /** When all that was done would be used up, had it been done evenly. */
  const due = new LRUCache<string, number>({ max: KEYS });
  return (key) => {
    const at = now();
    const next = Math.max(due.get(key) ?? at, at);
    const wait = next - at - (burst - 1) * interval;
    if (wait > 0) return Math.ceil(wait);
    due.set(key, next + interval);
    return 0;
  };
}

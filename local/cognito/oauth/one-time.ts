import { randomBytes } from 'node:crypto';

/** What is kept for one use, under a name that nobody can guess. */
export interface OneTime<T> {
  put(value: T): string;
  /** Undefined for what was taken before, has expired, or never was. */
  take(name: string): T | undefined;
}

/** @param lifetimeMs how long each is kept */
export function oneTime<T>(lifetimeMs: number, now: () => number): OneTime<T> {
  const kept = new Map<string, { readonly value: T; readonly until: number }>();
  return {
    put(value) {
      const at = now();
      for (const [name, { until }] of kept) if (until <= at) kept.delete(name);
      const name = randomBytes(32).toString('base64url');
      kept.set(name, { value, until: at + lifetimeMs });
      return name;
    },
    take(name) {
      const found = kept.get(name);
      kept.delete(name);
      return found && found.until > now() ? found.value : undefined;
    },
  };
}

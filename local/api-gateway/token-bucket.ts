/** How fast requests may come (API Gateway Developer Guide, "Throttle requests": the token bucket algorithm). */
export interface Throttle {
  /** Requests a second, in the long run. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

export interface TokenBuckets {
  /** Takes a token from the bucket of this name. @returns false when it has none left */
  take(name: string, throttle: Throttle): boolean;
}

/** @param now epoch milliseconds */
export function createTokenBuckets(now: () => number): TokenBuckets {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(name, { rate, burst }) {
      const at = now();
      const { tokens, at: since } = buckets.get(name) ?? { tokens: burst, at };
      const filled = Math.min(burst, tokens + ((at - since) / 1000) * rate);
      const left = filled >= 1 ? filled - 1 : filled;
      buckets.set(name, { tokens: left, at });
      return filled >= 1;
    },
  };
}

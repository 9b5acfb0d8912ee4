import type { Clock } from './clock.ts';

/**
 * Knows when every write made to a store so far is visible. Verified Permissions shows a write everywhere "a few
 * seconds" after it succeeded (API reference, CreatePolicy), and different writes in any order until then.
 */
export interface Settlement {
  /** Epoch milliseconds. */
  readonly at: number;
  /** A write may have happened just now. */
  touch(): void;
  isReached(): boolean;
  wait(): Promise<void>;
}

/** @param at when what others wrote before is visible, in epoch milliseconds */
export function createSettlement(clock: Clock, consistencyMs: number, at: number): Settlement {
  let settledAt = at;
  return {
    get at() {
      return settledAt;
    },
    touch() {
      settledAt = Math.max(settledAt, clock.now() + consistencyMs);
    },
    isReached: () => clock.now() >= settledAt,
    async wait() {
      for (let left = settledAt - clock.now(); left > 0; left = settledAt - clock.now()) {
        await clock.sleep(left);
      }
    },
  };
}

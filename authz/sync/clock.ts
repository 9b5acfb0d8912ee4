import { setTimeout as delay } from 'node:timers/promises';

/** Time as the sync sees it, in milliseconds since 1970. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms) => {
    await delay(ms);
  },
};

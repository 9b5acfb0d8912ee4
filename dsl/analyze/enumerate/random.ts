import type { Choose } from '../world/build.ts';

/**
 * Choices that look random and are the same on every machine, so that a report does not change by itself (Mulberry32, a
 * generator of 32 bits in the public domain).
 */
export function choices(seed: number): Choose {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return (options) => options[next() % options.length]!;
}

/** How long something took, each time: milliseconds. */
export type Samples = readonly number[];

/** A full run is for figures to quote; a quick one only shows that every measurement still works. */
export type Effort = 'full' | 'quick';

/** The value that a share of the samples does not exceed: nearest rank, so always one that was measured. */
export function quantile(samples: Samples, share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

export const median = (samples: Samples): number => quantile(samples, 0.5);
export const p99 = (samples: Samples): number => quantile(samples, 0.99);

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

export interface Subject {
  readonly what: string;
  /** Gets the number of the round, for what must differ in each. */
  readonly work: (round: number) => Promise<unknown>;
}

export interface Measured {
  readonly what: string;
  readonly samples: Samples;
}

/**
 * Does each of several things once a round, so that what disturbs the machine for a while disturbs all of them alike
 * and their ratios hold.
 * @param warmUp rounds that come first and do not count
 */
export async function sideBySide(
  subjects: readonly Subject[],
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): Promise<readonly Measured[]> {
  const measured = subjects.map(({ what, work }) => ({ what, work, samples: [] as number[] }));
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const { work, samples } of measured) {
      const milliseconds = await timed(() => work(round));
      if (round >= warmUp) samples.push(milliseconds);
    }
  }
  return measured;
}

import type { SetDiff } from './row.ts';

/** A policy that no deployment touches: it holds in both versions. */
export interface Live {
  readonly set: string;
  readonly id: string;
  readonly text: string;
}

/** Two versions of all sets, compared. */
export interface Compared {
  /** What the versions are called: `HEAD~1`, `working tree`. */
  readonly before: string;
  readonly after: string;
  /** Name and version of the solver; absent where none was asked. */
  readonly solver?: string;
  readonly diffs: readonly SetDiff[];
  readonly live: readonly Live[];
}

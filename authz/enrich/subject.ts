import type { ClaimValue } from './claim-value.ts';

/** What a tenant's own records say of a subject. */
export interface SubjectFacts {
  /** Principal attribute -> value. */
  readonly attributes: Readonly<Record<string, ClaimValue>>;
  readonly suspended: boolean;
  /** Absent: the records say nothing of groups. */
  readonly groups?: readonly string[];
}

/** Looks a subject up. Undefined when the records know nobody of that name; throws when they cannot be read. */
export type SubjectSource = (slug: string, sub: string) => Promise<SubjectFacts | undefined>;

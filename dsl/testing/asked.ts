import type { Given } from './request/request.ts';
import { session } from './session.ts';
import type { Examination, Subject } from './subject.ts';

/** A request that a test made, and what it expected. */
export interface Asked {
  readonly subject: Subject;
  readonly given: Given;
  readonly examination: Examination;
  readonly expected: 'allow' | 'deny';
  /** The test that asked, where the runner tells. */
  readonly test: string | undefined;
  /** Policies that the test says decided. */
  readonly pinned: string[];
}

export function noteAsked(asking: Omit<Asked, 'test' | 'pinned'>): Asked {
  const noted: Asked = { ...asking, test: session.test, pinned: [] };
  session.asked.push(noted);
  return noted;
}

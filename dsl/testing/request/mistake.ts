import { closest } from '../../schema/read/closest.ts';
import type { Problem } from '../../check/problem.ts';

/** A request that no test can mean: it is told at the test's line, and is never a quiet deny. */
export class RequestMistake extends Error {
  override readonly name = 'RequestMistake';
  readonly problem: Omit<Problem, 'site'>;

  constructor(code: string, message: string, remedy: string) {
    super(message);
    this.problem = { code, message, remedy };
  }
}

/** What to do about a name that is not there: take the nearest, else one of all. */
export function nearest(name: unknown, names: readonly string[]): string {
  const near = typeof name === 'string' ? closest(name, names) : undefined;
  if (near !== undefined) return `did you mean "${near}"?`;
  return names.length > 0 ? `take one of ${names.toSorted().join(', ')}` : 'there are none';
}

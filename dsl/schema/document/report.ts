import type { Site } from '../../../cedar/ast.ts';
import { formatProblem, type Problem } from '../../check/problem.ts';

/** Notes a problem and goes on, so that all of them are listed at once. */
export type Report = (site: Site, code: string, message: string, remedy: string) => undefined;

/**
 * A list of problems, in the order of the text, and the function that adds to it: each once, though several references
 * lead to its place.
 */
export function collectProblems(): { readonly problems: () => Problem[]; readonly report: Report } {
  const problems = new Map<string, Problem>();
  return {
    problems: () => [...problems.values()].toSorted(byPlace),
    report: (site, code, message, remedy) => {
      const problem = { site, code, message, remedy };
      problems.set(formatProblem(problem), problem);
    },
  };
}

/** In the order of the text. */
export const byPlace = ({ site: a }: Problem, { site: b }: Problem): number =>
  a && b ? a.file.localeCompare(b.file, 'en') || a.line - b.line || a.column - b.column : 0;

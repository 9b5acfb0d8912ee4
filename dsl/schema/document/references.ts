import { type Problem, ProblemsError } from '../../check/problem.ts';
import type { Place } from './place.ts';

/**
 * Follows every reference of a document, into other files too.
 * @throws ProblemsError with all that lead nowhere, over the network (the output would depend on the day it is made),
 * or back to themselves
 */
export function followAll(root: Place): void {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const visit = (place: Place): void => {
    if (seen.has(place.id)) return;
    seen.add(place.id);
    for (const { value } of place.entries()) visit(value);
    place.items().forEach(visit);
    try {
      visit(place.target());
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      problems.push(...error.problems);
    }
  };
  visit(root);
  if (problems.length > 0) throw new ProblemsError(problems);
}

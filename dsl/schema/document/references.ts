import { ProblemsError } from '../../check/problem.ts';
import type { Place } from './place.ts';
import { collectProblems } from './report.ts';
import { walk } from './walk.ts';

/**
 * Follows every reference of a document, into other files too.
 * @throws ProblemsError with all that lead nowhere, over the network (the output would depend on the day it is made),
 * or back to themselves
 */
export function followAll(root: Place): void {
  const { problems, report } = collectProblems();
  walk([root], (place) => {
    try {
      return place.target();
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      for (const { site, code, message, remedy } of error.problems)
        report(site ?? place.site, code, message, remedy);
      return undefined;
    }
  });
  if (problems().length > 0) throw new ProblemsError(problems());
}

import { ProblemsError } from '../../check/problem.ts';

/** A revision that cannot be compared with. */
export const refused = (revision: string, what: string, remedy: string): ProblemsError =>
  new ProblemsError([{ code: 'REVISION', message: `${revision}: ${what}`, remedy }]);

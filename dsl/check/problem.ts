import type { Site } from '../../cedar/ast.ts';

/** One mistake of a person, in a form that every layer shares. */
export interface Problem {
  /** Where it is; a problem of the whole input has none. */
  readonly site?: Site;
  /** Stable and searchable: `UNKNOWN_ACTION`. */
  readonly code: string;
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** `tenants/acme.ts:12:8 [CODE] what is wrong — what to do` */
export function formatProblem({ site, code, message, remedy }: Problem): string {
  const place = site ? `${site.file}:${site.line}:${site.column} ` : '';
  return `${place}[${code}] ${message} — ${remedy}`;
}

/** All problems of one input at once. Shown by its message alone: a stack tells the person nothing. */
export class ProblemsError extends Error {
  override readonly name = 'ProblemsError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

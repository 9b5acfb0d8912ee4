import type { Site } from './ast.ts';

/** A policy that cannot be printed or read. Has the fields that a report of problems needs. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  /** Stable and searchable: `POLICY_TOO_DEEP`. */
  readonly code: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly site?: Site;

  constructor(problem: { code: string; message: string; remedy: string; site?: Site | undefined }) {
    super(problem.message);
    this.code = problem.code;
    this.remedy = problem.remedy;
    if (problem.site) this.site = problem.site;
  }
}

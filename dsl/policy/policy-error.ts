import { formatProblem, type Problem } from '../check/problem.ts';

/** A mistake in one call of the builder. Builders collect it; constants (`entity`, `ip`, …) throw it. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(formatProblem(problem));
    this.problem = problem;
  }
}

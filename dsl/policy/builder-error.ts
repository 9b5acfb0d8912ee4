import { formatProblem, type Problem } from '../check/problem.ts';

/** A mistake in one call of the builder. Builders collect it; constants (`entity`, `ip`, …) throw it. */
export class BuilderError extends Error {
  override readonly name = 'BuilderError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(formatProblem(problem));
    this.problem = problem;
  }
}

import { openSolver, type Solver } from '../../../../dsl/analyze/solver/solver.ts';

/** One solver for many tests: it takes a second to start. */
export interface TheSolver {
  readonly solver: () => Solver;
}

/** Opens it before the tests of a `describe`, and ends its threads after them. */
export function theSolver(): TheSolver {
  let solver: Solver | undefined;
  before(async () => {
    solver = await openSolver();
  });
  after(() => solver?.close());
  return {
    solver() {
      if (!solver) throw new Error('z3-solver is not installed: npm ci');
      return solver;
    },
  };
}

import { ProblemsError, type Problem } from '../dsl/check/problem.ts';

/** A mistake of the person, or a state they can change: shown by its message alone. */
export class Expected extends Error {
  override readonly name = 'Expected';
}

/**
 * Ends the command with exit code 1. Mistakes of the person are shown by their messages alone, for tools (`--json`) as
 * `{ "problems": [{ file, line, column, code, message, remedy }] }` on stdout. Anything unexpected keeps its stack: it
 * is ours to mend.
 */
export function fail(error: unknown, json = false): never {
  const problems = problemsOf(error);
  if (!problems) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  else if (json) process.stdout.write(`${JSON.stringify({ problems }, undefined, 2)}\n`);
  else process.stderr.write(`${error instanceof Error ? error.message : ''}\n`);
  process.exit(1);
}

function problemsOf(error: unknown): object[] | undefined {
  if (error instanceof ProblemsError) return error.problems.map(flat);
  return error instanceof Expected ? [{ code: 'FAILED', message: error.message }] : undefined;
}

const flat = ({ site, ...rest }: Problem): object => ({ ...site, ...rest });

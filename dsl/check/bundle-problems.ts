import type { BuildFailure, Message } from 'esbuild';
import type { Problem } from './problem.ts';

/** What the bundler says of a file. @throws the error itself, if it is none of the bundler's */
export function bundleProblems(error: unknown): Problem[] {
  if (!isBuildFailure(error)) throw error;
  return error.errors.map(problemOf);
}

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors);

/** Columns of esbuild count bytes of UTF-8, from 0. Lines that we made up ourselves are in no file. */
function problemOf({ text, location }: Message): Problem {
  const before = Buffer.from(location?.lineText ?? '', 'utf8').subarray(0, location?.column ?? 0);
  return {
    ...(location &&
      location.file !== '<stdin>' && {
        site: { file: location.file, line: location.line, column: before.toString('utf8').length + 1 },
      }),
    code: 'NOT_LOADABLE',
    message: text,
    remedy: 'correct the name, or add what is missing',
  };
}

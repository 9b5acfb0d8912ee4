import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Site } from '../../cedar/ast.ts';
import { formatProblem, ProblemsError } from '../check/problem.ts';
import { RequestMistake } from './request/mistake.ts';

/** A function whose caller is meant. */
export type Below = (...args: never[]) => unknown;

/** Where a test stands that called `below`. The text of the stack is what source maps have been applied to. */
export function placeOf(
  below: Below,
  root: string,
): { readonly stack: string; readonly site: Site | undefined } {
  const holder: { stack: string } = { stack: '' };
  Error.captureStackTrace(holder, below);
  const frames = holder.stack.slice(holder.stack.indexOf('\n') + 1);
  const [, file, line, column] = /^ +at (?:.*\()?(.+?):(\d+):(\d+)\)?$/m.exec(frames) ?? [];
  if (file === undefined) return { stack: frames, site: undefined };
  const absolute = file.startsWith('file:') ? fileURLToPath(file) : file;
  return {
    stack: frames,
    site: { file: path.relative(root, absolute), line: Number(line), column: Number(column) },
  };
}

/** Runs `work`; a request that cannot be is thrown as a problem of the line that called `below`. */
export function atLineOf<T>(below: Below, root: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RequestMistake)) throw error;
    const { stack, site } = placeOf(below, root);
    const problem = { ...error.problem, ...(site && { site }) };
    const problems = new ProblemsError([problem]);
    problems.stack = `${problems.name}: ${formatProblem(problem)}\n${stack}`;
    throw problems;
  }
}

/** What a test claims is not so. Named as other assertions are, so that runners show it as one. */
export class PolicyTestFailed extends Error {
  override readonly name = 'AssertionError';

  constructor(message: string, below: Below) {
    super(message);
    Error.captureStackTrace(this, below);
  }
}

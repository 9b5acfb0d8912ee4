import type { Site } from '../../cedar/ast.ts';

/** What V8 adds to `Error`. Declared here, because tenant files are compiled without Node's types. */
interface V8Error {
  stackTraceLimit: number;
  prepareStackTrace: ((error: unknown, frames: readonly Frame[]) => unknown) | undefined;
  captureStackTrace(holder: { stack?: Frame }, below: Below): void;
}
interface Frame {
  getFileName(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
}

/** A function whose caller is wanted. */
export type Below = (...args: never[]) => unknown;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same object as the language's types describe it
const v8 = Error as unknown as V8Error;

/**
 * Where `below`, a function that is running, was called: place in the code that runs, to be mapped through its source
 * map only when somebody has to read it. The frame is taken as V8 has it and never from the text of a stack: runners
 * that install source-map-support rewrite that text, wrongly for minified code. Costs about 3 µs.
 */
export function callSite(below: Below): Site {
  const { prepareStackTrace, stackTraceLimit } = v8;
  const holder: { stack?: Frame } = {};
  v8.stackTraceLimit = 1;
  v8.prepareStackTrace = (_error, frames) => frames[0];
  v8.captureStackTrace(holder, below);
  const frame = holder.stack;
  v8.prepareStackTrace = prepareStackTrace;
  v8.stackTraceLimit = stackTraceLimit;
  return Object.freeze({
    file: frame?.getFileName() ?? '?',
    line: frame?.getLineNumber() ?? 0,
    column: frame?.getColumnNumber() ?? 0,
  });
}

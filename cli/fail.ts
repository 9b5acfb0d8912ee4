/** A mistake of the person, or a state they can change: shown by its message alone. */
export class Expected extends Error {
  override readonly name = 'Expected';
}

/** Ends the command with exit code 1. Anything unexpected keeps its stack: it is ours to mend. */
export function fail(error: unknown): never {
  const known = error instanceof Expected;
  process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

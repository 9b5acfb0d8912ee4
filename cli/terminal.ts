import { isatty } from 'node:tty';
import pc from 'picocolors';

// Colour only on a terminal: by itself the library also colours wherever CI is set.
const { dim, green } = pc.createColors(isatty(1));

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Shows that something takes its time while it does, and how long it took. */
export async function step<T>(what: string, work: Promise<T>): Promise<T> {
  const began = performance.now();
  // A line that is written over; in a file it would only be there twice.
  const passing = (text: string): void => {
    if (process.stdout.isTTY) process.stdout.write(text);
  };
  passing(dim(`… ${what}`));
  const result = await work.finally(() => passing('\r\u001B[2K'));
  print(`${green('✓')} ${what} ${dim(`${((performance.now() - began) / 1000).toFixed(1)} s`)}`);
  return result;
}

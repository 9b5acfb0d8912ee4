import pc from 'picocolors';

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Shows that something takes its time, and how long it took. */
export async function step<T>(what: string, work: Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work;
  print(`${pc.green('✓')} ${what} ${pc.dim(`${((performance.now() - began) / 1000).toFixed(1)} s`)}`);
  return result;
}

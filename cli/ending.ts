/** What a command has to say, and the exit code that it ends with. */
export interface Ending {
  readonly output: string;
  readonly exitCode: number;
}

/** Ends a command. */
export function end({ output, exitCode }: Ending): void {
  process.stdout.write(`${output}\n`);
  process.exitCode = exitCode;
}

/** Everything that is written to the process's output while `work` runs, whoever writes it. */
export async function outputOf(work: () => Promise<void>): Promise<string> {
  const written: string[] = [];
  const streams = [process.stdout, process.stderr];
  const own = streams.map((stream) => stream.write.bind(stream));
  for (const stream of streams)
    stream.write = (chunk: string | Uint8Array): boolean => {
      written.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return true;
    };
  try {
    await work();
  } finally {
    for (const [at, stream] of streams.entries()) stream.write = own[at]!;
  }
  return written.join('');
}

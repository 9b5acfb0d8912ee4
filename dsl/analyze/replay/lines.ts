import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Longer lines are no records: one without an end would fill memory. */
const LONGEST_LINE = 1_000_000;

/**
 * The lines of a file of any size, a few at a time; of a gzip file those of its content. A line that is too long comes
 * as undefined. `-` is stdin.
 */
export async function* linesOf(file: string): AsyncGenerator<string | undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  let skipping = false;
  for await (const chunk of await contentOf(file)) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      yield skipping || line.length > LONGEST_LINE ? undefined : line;
      skipping = false;
    }
    if (rest.length > LONGEST_LINE) {
      rest = '';
      skipping = true;
    }
  }
  rest += decoder.decode();
  if (skipping) yield undefined;
  else if (rest !== '') yield rest;
}

async function contentOf(file: string): Promise<AsyncIterable<Buffer>> {
  if (file === '-') return process.stdin;
  const source = createReadStream(file);
  if (!(await isGzip(file))) return source;
  // The reader of what comes out is told of whatever goes wrong on the way.
  return pipeline(source, createGunzip(), () => {});
}

/** By its first two bytes, whatever its name. */
async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

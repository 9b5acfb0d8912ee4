import type { IncomingMessage } from 'node:http';

/** API Gateway quotas, "Payload size". */
const MAX_BYTES = 10 * 1024 * 1024;

/**
 * All of a request's body, or undefined when it is larger than API Gateway takes. It is never passed on as it comes: an
 * integration's own framing of a body that is shorter or longer than announced would be another request's beginning.
 */
export async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

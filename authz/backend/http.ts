import type { IncomingMessage, ServerResponse } from 'node:http';

/** 1 MB of request body: what Verified Permissions and most databases accept of one call. */
const MAX_BODY_BYTES = 1_048_576;

/** A request that the service cannot answer as it is asked; its message is for the client. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** What a handler answers. Nothing is sent before its transaction has been committed. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** An answer with headers of the kit's own. */
export interface Sent extends Answer {
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request's parts, as they were sent: node's own URL is not parsed, because parsing would resolve dot segments. */
export interface RawRequest extends Target {
  readonly method: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

export interface Target {
  readonly path: string;
  readonly query: Readonly<Record<string, readonly string[]>>;
}

export function readTarget(target: string): Target {
  const at = target.indexOf('?');
  const search = new URLSearchParams(at < 0 ? '' : target.slice(at + 1));
  return {
    path: at < 0 ? target : target.slice(0, at),
    query: Object.fromEntries([...search.keys()].map((name) => [name, search.getAll(name)])),
  };
}

export function readRaw(message: IncomingMessage): RawRequest {
  return {
    ...readTarget(message.url ?? '/'),
    method: message.method ?? 'GET',
    headers: readHeaders(message.rawHeaders),
  };
}

/** Not `headersDistinct`, which requests that frameworks make up for tests do not have. */
function readHeaders(raw: readonly string[]): Record<string, string[]> {
  const lists = new Map<string, string[]>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    lists.set(name, [...(lists.get(name) ?? []), raw[at + 1] ?? '']);
  }
  return Object.fromEntries(lists);
}

/**
 * The JSON body; undefined when there is none.
 * @throws RequestProblem 413 or 400
 */
export async function readBody(message: IncomingMessage): Promise<unknown> {
  const body = await readBytes(message);
  return parseJson(body.toString('utf8'));
}

/** @throws RequestProblem 400 */
export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new RequestProblem(400, 'the body is not JSON');
  }
}

async function readBytes(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      // Read to its end even so: leaving the loop would cut the connection before the client has its answer.
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    }
  } catch {
    throw new RequestProblem(400, 'the body ended early');
  }
  if (bytes > MAX_BODY_BYTES) throw new RequestProblem(413, 'the body is larger than 1 MB');
  return Buffer.concat(chunks);
}

export function send(response: ServerResponse, { status, headers, body }: Sent): void {
  if (body === undefined) return void response.writeHead(status, headers).end();
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

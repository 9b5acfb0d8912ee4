import { isObject } from '../../item-shape.ts';
import { type RawRequest, readTarget, RequestProblem } from '../http.ts';

/** One message: an operation of the API, asked for through a socket. */
export interface SocketMessage {
  /** Repeated in the reply, so that a client can tell replies apart. */
  readonly id: string | undefined;
  readonly request: RawRequest;
  readonly body: unknown;
}

/**
 * Reads `{ id?, request: "PUT /orders/42?dry=true", headers?: { … }, body? }`.
 * @throws RequestProblem 400
 */
export function readMessage(message: unknown): SocketMessage {
  if (!isObject(message)) throw new RequestProblem(400, 'the message is not a JSON object');
  const { id, request: line, headers = {}, body, ...others } = message;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new RequestProblem(400, 'the message has members other than id, request, headers, body');
  if (id !== undefined && typeof id !== 'string') throw new RequestProblem(400, 'id is not a string');
  const [, method, target] = typeof line === 'string' ? (/^([A-Z]+) (\/\S*)$/.exec(line) ?? []) : [];
  if (method === undefined || target === undefined)
    throw new RequestProblem(400, 'request is not a method and a path, such as "GET /orders"');
  return { id, request: { ...readTarget(target), method, headers: readHeaders(headers) }, body };
}

/** In lower case, as node gives those of HTTP; one that is given in two casings has two values. */
function readHeaders(headers: unknown): Record<string, string[]> {
  if (!isObject(headers)) throw new RequestProblem(400, 'headers is not an object');
  const lists = new Map<string, string[]>();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') throw new RequestProblem(400, 'a header is not a string');
    const key = name.toLowerCase();
    lists.set(key, [...(lists.get(key) ?? []), value]);
  }
  return Object.fromEntries(lists);
}

import type { IncomingMessage } from 'node:http';

export type Pairs = readonly (readonly [name: string, value: string])[];

/** A client's request, as API Gateway sees it. */
export interface GatewayRequest {
  readonly id: string;
  readonly method: string;
  /** As sent: not decoded. */
  readonly path: string;
  /** Of names in the client's casing, in their order. */
  readonly headers: Pairs;
  readonly query: Pairs;
  /** As sent, without the `?`. */
  readonly rawQuery: string;
  readonly sourceIp: string;
  readonly receivedAt: Date;
}

export function readRequest(message: IncomingMessage, id: string, receivedAt: Date): GatewayRequest {
  const url = message.url ?? '/';
  const end = url.indexOf('?');
  const rawQuery = end < 0 ? '' : url.slice(end + 1);
  return {
    id,
    method: message.method ?? 'GET',
    path: end < 0 ? url : url.slice(0, end),
    headers: headerPairs(message),
    query: [...new URLSearchParams(rawQuery)],
    rawQuery,
    sourceIp: message.socket.remoteAddress ?? '',
    receivedAt,
  };
}

/** Node's own record of headers drops or joins those that are repeated. */
export const headerPairs = ({ rawHeaders }: IncomingMessage): Pairs =>
  Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] ?? '',
    rawHeaders[2 * index + 1] ?? '',
  ]);

export const headerValues = ({ headers }: GatewayRequest, name: string): string[] =>
  headers.filter(([given]) => given.toLowerCase() === name.toLowerCase()).map(([, value]) => value);

export const queryValues = ({ query }: GatewayRequest, name: string): string[] =>
  query.filter(([given]) => given === name).map(([, value]) => value);

import type { IncomingMessage } from 'node:http';

/** A client's request, as API Gateway sees it. */
export interface GatewayRequest {
  readonly id: string;
  readonly method: string;
  /** As sent: not decoded. */
  readonly path: string;
  /** Of names in the client's casing, in their order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly sourceIp: string;
  readonly receivedAt: Date;
}

export function readRequest(message: IncomingMessage, id: string, receivedAt: Date): GatewayRequest {
  const [path = '/', search = ''] = splitOnce(message.url ?? '/', '?');
  const raw = message.rawHeaders;
  return {
    id,
    method: message.method ?? 'GET',
    path,
    headers: Array.from({ length: raw.length / 2 }, (_, index) => [
      raw[2 * index] ?? '',
      raw[2 * index + 1] ?? '',
    ]),
    query: [...new URLSearchParams(search)],
    sourceIp: message.socket.remoteAddress ?? '',
    receivedAt,
  };
}

export const header = ({ headers }: GatewayRequest, name: string): string | undefined =>
  headers.findLast(([given]) => given.toLowerCase() === name.toLowerCase())?.[1];

export const queryValue = ({ query }: GatewayRequest, name: string): string | undefined =>
  query.findLast(([given]) => given === name)?.[1];

function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

import { headerValues, type GatewayRequest } from '../request.ts';

/** What is known when a WebSocket API calls an integration. */
export interface SocketPassing {
  readonly connectionId: string;
  readonly sourceIp: string;
  /** What the authorizer said when the socket was opened; all later calls see it too. */
  readonly authorizer: Readonly<Record<string, string>>;
  /** The request that opens the socket. Messages have no headers. */
  readonly opening: GatewayRequest | undefined;
}

export interface SocketParameter {
  /** In lower case. */
  readonly header: string;
  readonly valueOf: (passing: SocketPassing) => string | undefined;
}

const CONTEXT: ReadonlyMap<string, SocketParameter['valueOf']> = new Map([
  ['context.connectionId', ({ connectionId }) => connectionId],
  ['context.identity.sourceIp', ({ sourceIp }) => sourceIp],
]);

/**
 * One entry of an integration's `requestParameters`. Nothing reaches an integration that is not mapped.
 * @param target `integration.request.header.x-connection-id`
 * @param source `context.connectionId`
 * @returns undefined for what is not emulated
 */
export function readSocketParameter(target: string, source: string): SocketParameter | undefined {
  const [, header] = /^integration\.request\.header\.(.+)$/.exec(target) ?? [];
  const valueOf = readSource(source);
  return header !== undefined && valueOf ? { header: header.toLowerCase(), valueOf } : undefined;
}

function readSource(source: string): SocketParameter['valueOf'] | undefined {
  const [, literal] = /^'(.*)'$/.exec(source) ?? [];
  if (literal !== undefined) return () => literal;
  const [, place, name = ''] = /^(route\.request\.header|context\.authorizer)\.(.+)$/.exec(source) ?? [];
  if (place === 'context.authorizer') return ({ authorizer }) => authorizer[name];
  if (place !== undefined)
    return ({ opening }) => (opening ? headerValues(opening, name).join(',') || undefined : undefined);
  return CONTEXT.get(source);
}

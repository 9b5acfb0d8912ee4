import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { gatewayErrors, type GatewayError } from './errors.ts';
import type { Matched } from './match.ts';
import type { GatewayRequest } from './request.ts';

/** REST integrations: 29 s at most (API Gateway quotas). */
const TIMEOUT_MS = 29_000;

/** Between two hops only (RFC 9110, 7.6.1), or written anew by the gateway. */
const NOT_FORWARDED = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
]);

/**
 * Forwards a request to its HTTP_PROXY integration and its answer to the client.
 * @returns what to answer when the integration could not be reached
 */
export async function forward(
  request: GatewayRequest,
  { route, pathParameters }: Matched,
  authorizer: Readonly<Record<string, string>>,
  body: IncomingMessage,
  response: ServerResponse,
): Promise<GatewayError | undefined> {
  const { integration } = route;
  const mapped = Object.entries(integration.requestParameters).map(
    ([target, source]) => [target, valueOf(source, request, pathParameters, authorizer)] as const,
  );
  const url = new URL(
    integration.uri.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
      encodeURIComponent(mapped.find(([target]) => target === `integration.request.path.${name}`)?.[1] ?? ''),
    ),
  );
  for (const [name, value] of request.query) url.searchParams.append(name, value);
  return new Promise((resolve) => {
    const outgoing = httpRequest(url, {
      method: integration.method,
      headers: ['host', url.host, ...headersOf(request, mapped)],
      timeout: TIMEOUT_MS,
    });
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('end', () => resolve(undefined));
    });
    outgoing.on('timeout', () => {
      resolve(gatewayErrors.integrationTimeout);
      outgoing.destroy();
    });
    outgoing.on('error', () => resolve(response.headersSent ? undefined : gatewayErrors.integrationFailure));
    body.pipe(outgoing);
  });
}

/** A mapped header replaces what the client sent under its name, even when it has no value: a forgery must not pass. */
function headersOf(
  request: GatewayRequest,
  mapped: readonly (readonly [string, string | undefined])[],
): string[] {
  const prefix = 'integration.request.header.';
  const own = mapped
    .filter(([target]) => target.startsWith(prefix))
    .map(([target, value]) => [target.slice(prefix.length).toLowerCase(), value] as const);
  const replaced = new Set([...NOT_FORWARDED, ...own.map(([name]) => name)]);
  const passed = request.headers.filter(([name]) => !replaced.has(name.toLowerCase()));
  return [
    ...passed,
    ...own.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  ].flat();
}

function valueOf(
  source: string,
  request: GatewayRequest,
  pathParameters: Readonly<Record<string, string>>,
  authorizer: Readonly<Record<string, string>>,
): string | undefined {
  const literal = /^'(.*)'$/.exec(source);
  if (literal) return literal[1];
  const [, path] = /^method\.request\.path\.(.+)$/.exec(source) ?? [];
  if (path) return pathParameters[path];
  const [, authorized] = /^context\.authorizer\.(.+)$/.exec(source) ?? [];
  if (authorized) return authorizer[authorized];
  if (source === 'context.identity.sourceIp') return request.sourceIp;
  if (source === 'context.requestId') return request.id;
  throw new Error(`the request parameter ${source} is not supported`);
}

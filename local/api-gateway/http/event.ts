import type { Stage } from '../event.ts';
import type { Matched } from '../match.ts';
import type { GatewayRequest, Pairs } from '../request.ts';
import type { HttpRoute } from './http-api.ts';

export const routeKeyOf = ({ method, resourcePath }: HttpRoute): string => `${method} ${resourcePath}`;

/**
 * The event of an HTTP API's authorizer, payload format 2.0. Unlike a REST API it hands over paths that are decoded,
 * and cut off where a `?` comes out of that.
 */
export function httpAuthorizerEvent(
  stage: Stage,
  request: GatewayRequest,
  { route, pathParameters }: Matched<HttpRoute>,
  identitySource: readonly string[],
) {
  const routeKey = routeKeyOf(route);
  const [rawPath = ''] = decodeURIComponent(request.path).split('?');
  const { cookie, ...headers } = joined(
    request.headers.map(([name, value]): [string, string] => [name.toLowerCase(), value]),
  );
  const domainName = headers['host'] ?? '';
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn: `${stage.arn}/${request.method}${request.path}`,
    identitySource,
    routeKey,
    rawPath,
    rawQueryString: request.rawQuery,
    cookies: cookie?.split(/; */) ?? [],
    headers,
    queryStringParameters: joined(request.query),
    pathParameters: Object.fromEntries(
      Object.entries(pathParameters).map(([name, raw]) => [name, decodeURIComponent(raw)]),
    ),
    stageVariables: {},
    requestContext: {
      accountId: stage.account,
      apiId: stage.apiId,
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: request.id,
      routeKey,
      stage: stage.name,
      time: request.receivedAt.toUTCString(),
      timeEpoch: request.receivedAt.getTime(),
    },
  };
}

export type HttpAuthorizerEvent = ReturnType<typeof httpAuthorizerEvent>;

/** Repeated ones become one, joined by commas. */
function joined(pairs: Pairs): Record<string, string | undefined> {
  // A map, because a client may name a header or a parameter `__proto__`.
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
}

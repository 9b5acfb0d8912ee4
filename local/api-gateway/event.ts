import type { Matched } from './match.ts';
import type { GatewayRequest, Pairs } from './request.ts';
import type { RestRoute } from './rest-api.ts';

export interface Stage {
  readonly apiId: string;
  readonly name: string;
  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>` */
  readonly arn: string;
  readonly account: string;
  /** How often its authorizers' memory was emptied. Absent: never. */
  readonly flushes?: number;
}

/** As which an authorizer's function is invoked: what its permission names. */
export const authorizerArn = ({ arn, name }: Stage, authorizer: string): string =>
  `${arn.slice(0, -name.length - 1)}/authorizers/${authorizer}`;

/** The event of a REST API's REQUEST authorizer (API Gateway Developer Guide, "Input to a Lambda authorizer"). */
export function authorizerEvent(
  stage: Stage,
  request: GatewayRequest,
  { route, pathParameters }: Matched<RestRoute>,
) {
  return {
    type: 'REQUEST',
    methodArn: `${stage.arn}/${request.method}${request.path}`,
    resource: route.resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: last(request.headers),
    multiValueHeaders: all(request.headers),
    queryStringParameters: last(request.query),
    multiValueQueryStringParameters: all(request.query),
    pathParameters,
    stageVariables: {},
    requestContext: {
      accountId: stage.account,
      apiId: stage.apiId,
      stage: stage.name,
      resourcePath: route.resourcePath,
      httpMethod: request.method,
      path: `/${stage.name}${request.path}`,
      protocol: 'HTTP/1.1',
      requestId: request.id,
      requestTimeEpoch: request.receivedAt.getTime(),
      identity: { sourceIp: request.sourceIp },
    },
  };
}

export type AuthorizerEvent = ReturnType<typeof authorizerEvent>;

export const last = (pairs: Pairs): Record<string, string> => Object.fromEntries(pairs);

export function all(pairs: Pairs): Record<string, string[]> {
  // A map, because a client may name a header or a parameter `__proto__`.
  const lists = new Map<string, string[]>();
  for (const [name, value] of pairs) lists.set(name, [...(lists.get(name) ?? []), value]);
  return Object.fromEntries(lists);
}

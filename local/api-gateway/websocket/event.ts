import { all, last, type Stage } from '../event.ts';
import type { GatewayRequest } from '../request.ts';

/** The event of a WebSocket API's authorizer (API Gateway Developer Guide): of `$connect`, without path and method. */
export const connectEvent = (stage: Stage, request: GatewayRequest, connectionId: string) => ({
  type: 'REQUEST',
  methodArn: `${stage.arn}/$connect`,
  headers: last(request.headers),
  multiValueHeaders: all(request.headers),
  queryStringParameters: last(request.query),
  multiValueQueryStringParameters: all(request.query),
  stageVariables: {},
  requestContext: {
    routeKey: '$connect',
    eventType: 'CONNECT',
    messageDirection: 'IN',
    connectionId,
    connectedAt: request.receivedAt.getTime(),
    requestTimeEpoch: request.receivedAt.getTime(),
    requestId: request.id,
    apiId: stage.apiId,
    stage: stage.name,
    domainName: last(request.headers)['host'] ?? '',
    identity: { sourceIp: request.sourceIp },
  },
});

export type ConnectEvent = ReturnType<typeof connectEvent>;

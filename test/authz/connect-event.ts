import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { API_ARN, type EventOptions, restEvent } from './rest-event.ts';

/** The event of a WebSocket API's authorizer: of `$connect`, without path and method. */
export function connectEvent(
  options: Pick<EventOptions, 'headers' | 'query'> = {},
): APIGatewayRequestAuthorizerEvent {
  const event = restEvent({ ...options, methodArn: `${API_ARN}/$connect` });
  return {
    ...event,
    pathParameters: null,
    requestContext: {
      ...event.requestContext,
      routeKey: '$connect',
      eventType: 'CONNECT',
      messageDirection: 'IN',
      connectionId: 'connection=',
      domainName: 'sockets.example.com',
    },
  };
}

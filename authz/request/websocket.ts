import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Model } from '../../cedar/model.ts';
import { refuse } from '../respond/reasons.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { connectToken } from './bearer.ts';
import { declaredInputs, headerValues } from './declared-inputs.ts';
import { operationOf, type ReadEvent } from './operation.ts';

/**
 * Reads the event of a WebSocket API's authorizer, which is asked once, at `$connect` (API Gateway Developer Guide,
 * "Control access to WebSocket APIs with AWS Lambda REQUEST authorizers").
 * @param opening the operation that stands for opening a socket: the event itself names none. Undefined where no
 * socket may be opened
 */
export function readConnectEvent(
  event: APIGatewayRequestAuthorizerEvent,
  model: Model,
  opening: string | undefined,
): ReadEvent {
  const headers = event.multiValueHeaders ?? {};
  const bearer = connectToken(
    headerValues(headers, 'authorization'),
    headerValues(headers, 'sec-websocket-protocol'),
  );
  if (!bearer.ok) return bearer;

  const operation = opening === undefined ? undefined : operationOf(model, opening);
  if (!operation) return refuse('ROUTE_UNKNOWN');
  const inputs = declaredInputs(operation.action, headers, event.multiValueQueryStringParameters ?? {});
  if (!inputs.ok) return inputs;
  const { requestTimeEpoch, identity, domainName } = event.requestContext;
  const request: AuthorizationRequest = {
    token: bearer.token,
    method: operation.route.method,
    pathTemplate: operation.route.path,
    pathParameters: {},
    query: inputs.query,
    headers: inputs.headers,
    sourceIp: identity.sourceIp,
    host: domainName ?? '',
    time: requestTimeEpoch,
    protocol: 'websocket',
  };
  return { ok: true, request, operation };
}

import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import type { Model } from '../../cedar/model.ts';
import { refuse } from '../respond/reasons.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { bearerToken } from './bearer.ts';
import { declaredInputs } from './declared-inputs.ts';
import { operationOf, type ReadEvent } from './operation.ts';
import { decodedPathParameters, isReadOneWay } from './path-parameters.ts';

/**
 * Reads the event of an HTTP API's REQUEST authorizer, payload format 2.0 (API Gateway Developer Guide, "Control access
 * to HTTP APIs with AWS Lambda authorizers"). Its route key is an action's name as it stands.
 */
export function readHttpEvent(event: APIGatewayRequestAuthorizerEventV2, model: Model): ReadEvent {
  const { headers = {}, routeKey, requestContext } = event;
  const bearer = bearerToken(valuesOf(headers, 'authorization'));
  if (!bearer.ok) return bearer;

  const operation = operationOf(model, routeKey);
  if (!operation || requestContext.http.method !== operation.route.method) return refuse('ROUTE_UNKNOWN');
  const template = operation.route.path;
  const pathParameters = decodedPathParameters(template, event.rawPath, event.pathParameters ?? {});
  if (!pathParameters || !isReadOneWay(model, operation, pathParameters)) return refuse('PATH_REFUSED');

  const lists = Object.fromEntries(
    Object.keys(headers).map((name) => [name, valuesOf(headers, name).flatMap((value) => value.split(','))]),
  );
  const inputs = declaredInputs(operation.action, lists, queryOf(event));
  if (!inputs.ok) return inputs;
  const request: AuthorizationRequest = {
    token: bearer.token,
    method: operation.route.method,
    pathTemplate: template,
    pathParameters,
    query: inputs.query,
    headers: inputs.headers,
    sourceIp: requestContext.http.sourceIp,
    host: requestContext.domainName,
    time: requestContext.timeEpoch,
    protocol: 'http',
  };
  return { ok: true, request, operation };
}

/**
 * A header that was sent twice arrives as one, joined by a comma. One that holds a comma of its own cannot be told
 * from it: where a policy may read the header, both count as given twice.
 */
const valuesOf = (headers: Readonly<Record<string, string | undefined>>, wanted: string): readonly string[] =>
  Object.entries(headers).flatMap(([name, value]) =>
    name.toLowerCase() === wanted.toLowerCase() && value !== undefined ? [value] : [],
  );

/** Not `queryStringParameters`, which joins repeated ones by commas. */
function queryOf({ rawQueryString }: APIGatewayRequestAuthorizerEventV2): Record<string, string[]> {
  const query = new URLSearchParams(rawQueryString);
  return Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]));
}

import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Model } from '../../cedar/model.ts';
import { refuse } from '../respond/reasons.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { bearerToken } from './bearer.ts';
import { declaredInputs, headerValues } from './declared-inputs.ts';
import { operationOf, type ReadEvent } from './operation.ts';
import { isReadOneWay, rawPathParameters } from './path-parameters.ts';

/**
 * Reads the event of a REST API's REQUEST authorizer (API Gateway Developer Guide, "Input to an API Gateway Lambda
 * authorizer"). The token is looked at first, so that a request without one is answered 401 whatever else is wrong.
 */
export function readRestEvent(event: APIGatewayRequestAuthorizerEvent, model: Model): ReadEvent {
  const headers = event.multiValueHeaders ?? {};
  const bearer = bearerToken(headerValues(headers, 'authorization'));
  if (!bearer.ok) return bearer;

  if (!isLiteralArn(event.methodArn)) return refuse('PATH_REFUSED');
  const operation = operationOf(model, `${event.httpMethod} ${event.resource}`);
  if (!operation) return refuse('ROUTE_UNKNOWN');
  const pathParameters = rawPathParameters(event.resource, event.path, event.pathParameters ?? {});
  if (!pathParameters || !isReadOneWay(model, operation, pathParameters)) return refuse('PATH_REFUSED');

  const inputs = declaredInputs(operation.action, headers, event.multiValueQueryStringParameters ?? {});
  if (!inputs.ok) return inputs;
  const { requestTimeEpoch, identity } = event.requestContext;
  const request: AuthorizationRequest = {
    token: bearer.token,
    method: event.httpMethod,
    pathTemplate: event.resource,
    pathParameters,
    query: inputs.query,
    headers: inputs.headers,
    sourceIp: identity.sourceIp,
    host: headerValues(headers, 'host')[0] ?? '',
    time: requestTimeEpoch,
    protocol: 'rest',
  };
  return { ok: true, request, operation };
}

/**
 * Whether an IAM policy with this ARN allows this one method and path: `*` and `?` are wildcards there, `${…}` is a
 * policy variable (IAM User Guide, "IAM policy elements"). A resource ends at 512 characters in an authorizer's policy
 * (API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer").
 */
const isLiteralArn = (arn: string): boolean => arn.length <= 512 && !/[*?]|\$\{/.test(arn);

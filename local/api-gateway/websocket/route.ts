import { json, optionalJson, optionalText, text, type Json } from '../../aws/input.ts';
import type { Stage } from '../event.ts';
import { bad, readFunctionArn, readHttpUri, unsupported } from '../document.ts';
import type { Throttle } from '../token-bucket.ts';
import { readSocketParameter, type SocketParameter } from './request-parameter.ts';

export interface SocketAuthorizer {
  readonly name: string;
  readonly functionArn: string;
}

export interface SocketIntegration {
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly parameters: readonly SocketParameter[];
}

export interface SocketRoute {
  readonly authorizer: SocketAuthorizer | undefined;
  readonly integration: SocketIntegration;
  /** Whether what the integration answers goes back through the socket. */
  readonly replies: boolean;
}

/** What the stage of a WebSocket API currently serves. */
export interface DeployedSockets {
  readonly stage: Stage;
  /** By route key: `$connect`, `$default`, `$disconnect`. */
  readonly routes: ReadonlyMap<string, SocketRoute>;
  /** Of each route by itself. Absent: without a limit. */
  readonly throttle: Throttle | undefined;
}

/** @throws AwsError BadRequestException for anything that the emulation would have to ignore */
export function readSocketAuthorizer(inputs: Json): SocketAuthorizer {
  if (text(inputs, 'authorizerType') !== 'REQUEST') throw bad("only authorizerType 'REQUEST' is supported");
  return {
    name: text(inputs, 'name'),
    functionArn: readFunctionArn(text(inputs, 'authorizerUri')),
  };
}

/** @throws AwsError BadRequestException for anything that the emulation would have to ignore */
export function readSocketIntegration(inputs: Json): SocketIntegration {
  if (text(inputs, 'integrationType') !== 'HTTP_PROXY')
    throw bad("only integrationType 'HTTP_PROXY' is supported");
  const mapped = optionalJson(inputs, 'requestParameters') ?? {};
  return {
    method: text(inputs, 'integrationMethod'),
    ...readHttpUri(text(inputs, 'integrationUri')),
    parameters: Object.keys(json(inputs, 'requestParameters')).map(
      (target) =>
        // Not its source: that of a header may be the gateway's secret.
        readSocketParameter(target, text(mapped, target)) ?? unsupported(`the source or place of ${target}`),
    ),
  };
}

const ROUTE_KEYS = ['$connect', '$default', '$disconnect'];

/** @throws AwsError BadRequestException for a route that the emulation would have to ignore */
export function readRouteKey(inputs: Json): string {
  const key = text(inputs, 'routeKey');
  if (!ROUTE_KEYS.includes(key)) unsupported(`the route ${key}`);
  const authorization = optionalText(inputs, 'authorizationType') ?? 'NONE';
  // Only opening a socket can be authorized: API Gateway Developer Guide, WebSocket authorizers.
  if (authorization !== 'NONE' && (authorization !== 'CUSTOM' || key !== '$connect'))
    throw bad(`the authorization ${authorization} of ${key} is not supported`);
  return key;
}

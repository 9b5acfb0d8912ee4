import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isForeign } from '../loopback.ts';
import { type Authorization, createRestAuthorize, type InvokeFunction } from './authorizer.ts';
import { readBody } from './body.ts';
import { gatewayErrors, type GatewayError } from './errors.ts';
import type { AuthorizerEvent, Stage } from './event.ts';
import { forward } from './integration.ts';
import { matchRoute } from './match.ts';
import { readRequest } from './request.ts';
import type { RestApi } from './rest-api.ts';
import type { UsagePlans } from './usage-plans.ts';

/** What a stage currently serves. */
export interface Deployed extends RestApi {
  readonly stage: Stage;
}

export interface GatewayArgs {
  readonly invoke: InvokeFunction<AuthorizerEvent>;
  /** Read for every request: a deployment takes effect at once. */
  readonly deployed: () => Deployed | undefined;
  readonly usagePlans: Pick<UsagePlans, 'admit'>;
  readonly now?: () => number;
}

/** 10,240 bytes for all headers together (API Gateway quotas). */
const MAX_HEADER_BYTES = 10_240;

/** The front of a REST API: its one stage, at the root of the URL, as behind a custom domain name. */
export function createGateway({ invoke, deployed, usagePlans, now = Date.now }: GatewayArgs): Server {
  const authorize = createRestAuthorize(invoke, now);
  return createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (message, response) => {
    const current = deployed();
    serve(current, message, response)
      .catch(() => gatewayErrors.authorizerFailure)
      .then((error) => error && refuse(response, error, current))
      .catch(() => response.destroy());
  });

  /** @returns what to answer where nothing was */
  async function serve(
    current: Deployed | undefined,
    message: IncomingMessage,
    response: ServerResponse,
  ): Promise<GatewayError | undefined> {
    if (isForeign(message) || !current) return gatewayErrors.noRoute;
    const request = readRequest(message, randomUUID(), new Date(now()));
    const matched = matchRoute(current.routes, request.method, request.path);
    if (!matched) return gatewayErrors.noRoute;
    const { authorizer, needsKey, integration } = matched.route;
    const authorization: Authorization = authorizer
      ? await authorize(authorizer, current.stage, request, matched)
      : { allowed: true, context: {} };
    if (!authorization.allowed) return authorization.error;
    if (needsKey) {
      const { apiId, name } = current.stage;
      const admitted = usagePlans.admit(apiId, name, authorization.usageKey);
      if (admitted !== 'admitted')
        return admitted === 'no key' ? gatewayErrors.noKey : gatewayErrors.throttled;
    }
    const body = await readBody(message);
    if (!body) return gatewayErrors.requestTooLarge;
    if ('status' in integration) {
      response.writeHead(integration.status, integration.headers.flat()).end();
      return undefined;
    }
    const passing = { request, pathParameters: matched.pathParameters, authorizer: authorization.context };
    const failed = await forward(integration, passing, body, response);
    if (!failed) return undefined;
    return failed === 'timed out' ? gatewayErrors.integrationTimeout : gatewayErrors.integrationFailure;
  }
}

function refuse(
  response: ServerResponse,
  { status, type, body }: GatewayError,
  current: Deployed | undefined,
): void {
  if (response.headersSent) return void response.destroy();
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'x-amzn-errortype': type,
      'x-amzn-requestid': randomUUID(),
      // The request's body may not have been read: then the connection cannot carry another one.
      connection: 'close',
      ...Object.fromEntries(current?.refusalHeaders[status < 500 ? '4' : '5'] ?? []),
    })
    .end(JSON.stringify(body));
}

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isForeign } from '../../loopback.ts';
import type { InvokeFunction } from '../authorizer.ts';
import { readBody } from '../body.ts';
import type { Stage } from '../event.ts';
import { forward } from '../integration.ts';
import { matchRoute } from '../match.ts';
import { readRequest } from '../request.ts';
import { createTokenBuckets, type Throttle } from '../token-bucket.ts';
import { createHttpAuthorize, type HttpAuthorization } from './authorizer.ts';
import { type Cors, CORS_HEADERS, corsHeaders, isPreflight } from './cors.ts';
import { type HttpError, httpErrors } from './errors.ts';
import { type HttpAuthorizerEvent, routeKeyOf } from './event.ts';
import type { HttpRoute } from './http-api.ts';

/** What the stage of an HTTP API currently serves. */
export interface DeployedHttp {
  readonly stage: Stage;
  readonly routes: readonly HttpRoute[];
  /** Of each route by itself. Absent: without a limit. */
  readonly throttle: Throttle | undefined;
  readonly cors: Cors | undefined;
}

export interface HttpGatewayArgs {
  readonly invoke: InvokeFunction<HttpAuthorizerEvent>;
  /** Read for every request: a deployment takes effect at once. */
  readonly deployed: () => DeployedHttp | undefined;
  readonly now?: () => number;
}

/** 10,240 bytes for request line and headers together (API Gateway quotas, HTTP APIs). */
const MAX_HEADER_BYTES = 10_240;

/** The front of an HTTP API: its `$default` stage, at the root of the URL. */
export function createHttpGateway({ invoke, deployed, now = Date.now }: HttpGatewayArgs): Server {
  const authorize = createHttpAuthorize(invoke, now);
  const buckets = createTokenBuckets(now);
  return createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (message, response) => {
    serve(message, response).catch(() => refuse(response, httpErrors.failure));
  });

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const current = deployed();
    if (isForeign(message) || !current) return refuse(response, httpErrors.notFound);
    const request = readRequest(message, randomUUID(), new Date(now()));
    for (const [name, value] of corsHeaders(current.cors, request)) response.setHeader(name, value);
    // Answered by the gateway itself, route or no route: it never reaches the authorizer, nor the backend.
    if (current.cors && isPreflight(request)) return void response.writeHead(204).end();
    const matched = matchRoute(current.routes, request.method, request.path);
    if (!matched) return refuse(response, httpErrors.notFound);
    const { route, pathParameters } = matched;
    const { stage, throttle, cors } = current;
    const bucket = `${stage.apiId}/${stage.name}/${routeKeyOf(route)}`;
    if (throttle && !buckets.take(bucket, throttle)) return refuse(response, httpErrors.throttled);
    const authorization: HttpAuthorization = route.authorizer
      ? await authorize(route.authorizer, stage, request, matched)
      : { allowed: true, context: {} };
    if (!authorization.allowed) return refuse(response, authorization.error);
    const body = await readBody(message);
    if (!body) return refuse(response, httpErrors.requestTooLarge);
    const passing = { request, pathParameters, authorizer: authorization.context };
    const own = cors ? CORS_HEADERS : [];
    const failed = await forward(route.integration, passing, body, response, own);
    if (failed) refuse(response, httpErrors.unavailable);
  }
}

function refuse(response: ServerResponse, { status, message }: HttpError): void {
  if (response.headersSent) return void response.destroy();
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'apigw-requestid': randomUUID(),
      // The request's body may not have been read: then the connection cannot carry another one.
      connection: 'close',
    })
    .end(JSON.stringify({ message }));
}

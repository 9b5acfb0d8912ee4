import { createServer, type IncomingMessage } from 'node:http';
import type { InvokeFunction } from '../../../../local/api-gateway/authorizer.ts';
import type { Cors } from '../../../../local/api-gateway/http/cors.ts';
import type { HttpAuthorizerEvent } from '../../../../local/api-gateway/http/event.ts';
import { readHttpApi } from '../../../../local/api-gateway/http/http-api.ts';
import { createHttpGateway } from '../../../../local/api-gateway/http/server.ts';
import type { Throttle } from '../../../../local/api-gateway/token-bucket.ts';
import { close, listen } from '../../../../local/loopback.ts';

export const STAGE = {
  apiId: 'api',
  name: '$default',
  account: '000000000000',
  arn: 'arn:aws:execute-api:us-east-1:000000000000:api/$default',
};

export const allow = (context: object = {}): object => ({ isAuthorized: true, context });
export const deny = (): object => ({ isAuthorized: false });

export interface Fixture {
  readonly url: string;
  readonly events: HttpAuthorizerEvent[];
  readonly invokedAs: string[];
  readonly forwarded: IncomingMessage[];
  answer: (event: HttpAuthorizerEvent) => unknown;
  now: number;
  throttle: Throttle | undefined;
  cors: Cors | undefined;
  /** What the backend's answers carry. */
  backendHeaders: Record<string, string>;
  /** Asks with a token, unless the headers say otherwise. */
  ask(request: string, headers?: Readonly<Record<string, string>>): Promise<{ status: number; body: string }>;
  close(): Promise<void>;
}

/** An HTTP gateway before a backend that answers 200. */
export async function startHttpGateway(): Promise<Fixture> {
  const forwarded: IncomingMessage[] = [];
  const backend = createServer((request, response) => {
    forwarded.push(request);
    response.writeHead(200, fixture.backendHeaders).end(`${request.method} ${request.url}`);
  });
  const document = httpDocument(`http://127.0.0.1:${await listen(backend, 0)}`);
  const routes = readHttpApi(JSON.stringify(document));
  const invoke: InvokeFunction<HttpAuthorizerEvent> = async (_, event, authorizerArn) => {
    fixture.events.push(event);
    fixture.invokedAs.push(authorizerArn);
    try {
      return { ok: true, result: fixture.answer(event) };
    } catch (error) {
      return { ok: false, error: { message: error instanceof Error ? error.message : String(error) } };
    }
  };
  const gateway = createHttpGateway({
    invoke,
    deployed: () => ({ stage: STAGE, routes, throttle: fixture.throttle, cors: fixture.cors }),
    now: () => fixture.now,
  });
  const url = `http://127.0.0.1:${await listen(gateway, 0)}`;
  const fixture: Fixture = {
    url,
    events: [],
    invokedAs: [],
    forwarded,
    answer: () => allow({ tenantId: 'acme' }),
    now: 0,
    throttle: undefined,
    cors: undefined,
    backendHeaders: {},
    async ask(request, headers = { authorization: 'Bearer one' }) {
      const [method = '', path = ''] = request.split(' ');
      const response = await fetch(url + path, { method, headers });
      return { status: response.status, body: await response.text() };
    },
    async close() {
      await close(gateway);
      await close(backend);
    },
  };
  return fixture;
}

/** Routes with each authorizer, among them one that is cached by a mistake, and one without any. */
export function httpDocument(backendUrl: string): object {
  const operation = (method: string, path: string, authorizer?: string): object => ({
    ...(authorizer && { security: [{ [authorizer]: [] }] }),
    'x-amazon-apigateway-integration': {
      type: 'http_proxy',
      httpMethod: method,
      uri: `${backendUrl}${path}`,
      payloadFormatVersion: '1.0',
      connectionType: 'INTERNET',
      requestParameters: {
        ...(authorizer
          ? { 'overwrite:header.x-tenant-id': '$context.authorizer.tenantId' }
          : { 'remove:header.x-tenant-id': "''" }),
        'overwrite:header.x-source-ip': '$context.identity.sourceIp',
        'overwrite:header.x-gateway-secret': 'hush',
      },
    },
  });
  const scheme = (identitySource: string, ttl: number): object => ({
    type: 'apiKey',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri:
        'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:0:function:f/invocations',
      authorizerPayloadFormatVersion: '2.0',
      enableSimpleResponses: true,
      identitySource,
      authorizerResultTtlInSeconds: ttl,
    },
  });
  return {
    paths: {
      '/items': { get: operation('GET', '/items', 'cached'), post: operation('POST', '/items', 'cached') },
      '/items/{id}': { get: operation('GET', '/items/{id}', 'uncached') },
      '/items/latest': { get: operation('GET', '/items/latest', 'uncached') },
      '/mistaken/{id}': { get: operation('GET', '/mistaken/{id}', 'cached') },
      '/tokens': { get: operation('GET', '/tokens', 'byToken') },
      '/others': { get: operation('GET', '/others', 'byToken') },
      '/health': { get: operation('GET', '/health') },
    },
    components: {
      securitySchemes: {
        cached: scheme('$request.header.Authorization, $context.routeKey', 60),
        byToken: scheme('$request.header.Authorization', 60),
        uncached: scheme('$request.header.Authorization', 0),
      },
    },
  };
}

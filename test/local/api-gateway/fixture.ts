import { createServer, type IncomingMessage } from 'node:http';
import type { InvokeFunction } from '../../../local/api-gateway/authorizer.ts';
import { readRestApi } from '../../../local/api-gateway/rest-api.ts';
import { createGateway } from '../../../local/api-gateway/server.ts';
import { close, listen } from '../../../local/loopback.ts';

export const STAGE = {
  apiId: 'api',
  name: 'live',
  account: '000000000000',
  arn: 'arn:aws:execute-api:us-east-1:000000000000:api/live',
};

type Event = { readonly methodArn: string; readonly pathParameters: Record<string, string> };
/** What the authorizer answers to an event; throws to fail with that message. */
export type Answer = (event: Event) => unknown;

export const policy = (effect: 'Allow' | 'Deny', resource: string, context: object = {}): object => ({
  principalId: 'someone',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Action: 'execute-api:Invoke', Resource: resource }],
  },
  context,
});

export interface Fixture {
  readonly url: string;
  /** Events that reached the authorizer. */
  readonly events: Event[];
  /** Requests that reached the backend. */
  readonly forwarded: IncomingMessage[];
  answer: Answer;
  now: number;
  close(): Promise<void>;
}

/** A gateway before a backend that answers 200, with routes on both authorizers. */
export async function startGateway(): Promise<Fixture> {
  const events: Event[] = [];
  const forwarded: IncomingMessage[] = [];
  const backend = createServer((request, response) => {
    forwarded.push(request);
    response.end(`${request.method} ${request.url}`);
  });
  const backendUrl = `http://127.0.0.1:${await listen(backend, 0)}`;
  const fixture = {
    events,
    forwarded,
    now: 0,
    answer: ((event) => policy('Allow', event.methodArn)) as Answer,
  };
  const invoke: InvokeFunction = async (_, event) => {
    events.push(event as Event);
    try {
      return { ok: true, result: fixture.answer(event as Event) };
    } catch (error) {
      return { ok: false, error: { message: (error as Error).message } };
    }
  };
  const routes = readRestApi(JSON.stringify(documentFor(backendUrl)));
  const gateway = createGateway({
    invoke,
    deployed: () => ({ stage: STAGE, routes }),
    now: () => fixture.now,
  });
  const url = `http://127.0.0.1:${await listen(gateway, 0)}`;
  return Object.assign(fixture, {
    url,
    async close() {
      await close(gateway);
      await close(backend);
    },
  });
}

function documentFor(backendUrl: string): object {
  const operation = (method: string, path: string, authorizer?: string): object => ({
    ...(authorizer && { security: [{ [authorizer]: [] }] }),
    'x-amazon-apigateway-integration': {
      type: 'http_proxy',
      httpMethod: method,
      uri: `${backendUrl}${path}`,
      requestParameters: {
        'integration.request.path.id': 'method.request.path.id',
        'integration.request.header.x-tenant-id': 'context.authorizer.tenantId',
        'integration.request.header.x-gateway-secret': "'hush'",
      },
    },
  });
  const scheme = (identitySource: string, ttl: number): object => ({
    type: 'apiKey',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri:
        'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:0:function:f/invocations',
      identitySource,
      authorizerResultTtlInSeconds: ttl,
    },
  });
  return {
    paths: {
      '/items/{id}': {
        get: operation('GET', '/items/{id}', 'cached'),
        put: operation('PUT', '/items/{id}', 'cached'),
      },
      '/items/latest': { get: operation('GET', '/items/latest', 'cached') },
      '/tokens': { get: operation('GET', '/tokens', 'byToken') },
      '/others': { get: operation('GET', '/others', 'byToken') },
      '/secrets/{id}': { get: operation('GET', '/secrets/{id}', 'uncached') },
      '/health': { get: operation('GET', '/health') },
    },
    components: {
      securitySchemes: {
        cached: scheme('method.request.header.Authorization, context.httpMethod, context.path', 60),
        byToken: scheme('method.request.header.Authorization', 60),
        uncached: scheme('method.request.header.Authorization', 0),
      },
    },
  };
}

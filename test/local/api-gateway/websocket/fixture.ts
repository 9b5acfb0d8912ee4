import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { InvokeFunction } from '../../../../local/api-gateway/authorizer.ts';
import type { Throttle } from '../../../../local/api-gateway/token-bucket.ts';
import { type Connections, connectionsRoute } from '../../../../local/api-gateway/websocket/connections.ts';
import type { ConnectEvent } from '../../../../local/api-gateway/websocket/event.ts';
import { socketParts } from '../../../../local/api-gateway/websocket/resources.ts';
import { createWebSocketGateway } from '../../../../local/api-gateway/websocket/server.ts';
import { createIam } from '../../../../local/iam/authorize.ts';
import { close, listen } from '../../../../local/loopback.ts';
import { policy } from '../fixture.ts';

export const STAGE = {
  apiId: 'api',
  name: 'live',
  account: '000000000000',
  arn: 'arn:aws:execute-api:us-east-1:000000000000:api/live',
};

/** A call of the gateway to the backend. */
export interface Called {
  readonly path: string;
  readonly headers: IncomingMessage['headersDistinct'];
  readonly body: string;
}

/** How an attempt to open a socket ended. */
export type Opened =
  | { readonly socket: WebSocket }
  | { readonly status: number | undefined; readonly body: string };

export interface Fixture {
  readonly url: string;
  readonly connections: Connections;
  readonly events: ConnectEvent[];
  readonly calls: Called[];
  answer: (event: ConnectEvent) => unknown;
  /** What the backend answers. */
  reply: (called: Called) => { readonly status: number; readonly headers?: object; readonly body: string };
  now: number;
  throttle: Throttle | undefined;
  closeOverdue(): void;
  open(
    headers?: Readonly<Record<string, string>>,
    protocols?: readonly string[],
    path?: string,
  ): Promise<Opened>;
  /** `METHOD` of `@connections/<id>`. */
  manage(method: string, id: string, body?: string): Promise<{ status: number; body: string }>;
  close(): Promise<void>;
}

/** A WebSocket gateway with all three routes, before a backend that repeats what it is told. */
export async function startWebSocketGateway(): Promise<Fixture> {
  const backend = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const called: Called = {
        path: request.url ?? '',
        headers: request.headersDistinct,
        body: Buffer.concat(chunks).toString(),
      };
      fixture.calls.push(called);
      const { status, headers = {}, body } = fixture.reply(called);
      response.writeHead(status, { ...headers }).end(body);
    });
  });
  const routes = await declare(`http://127.0.0.1:${await listen(backend, 0)}`);
  const connections: Connections = new Map();
  const iam = createIam({
    account: '000000000000',
    securityRoleArn: 'arn:aws:iam::000000000000:role/security',
  });
  const invoke: InvokeFunction<ConnectEvent> = async (_, event) => {
    fixture.events.push(event);
    try {
      return { ok: true, result: fixture.answer(event) };
    } catch (error) {
      return { ok: false, error: { message: error instanceof Error ? error.message : String(error) } };
    }
  };
  const gateway = createWebSocketGateway({
    invoke,
    connections,
    manage: connectionsRoute(connections, iam, () => fixture.now),
    deployed: () => ({ stage: STAGE, routes, throttle: fixture.throttle }),
    now: () => fixture.now,
  });
  const port = await listen(gateway.server, 0);
  const fixture: Fixture = {
    url: `ws://127.0.0.1:${port}`,
    connections,
    events: [],
    calls: [],
    answer: ({ methodArn }) => policy('Allow', methodArn, { tenantId: 'acme' }),
    reply: ({ body }) => ({ status: 200, body }),
    now: 0,
    throttle: undefined,
    closeOverdue: () => gateway.closeOverdue(),
    async open(headers = { authorization: 'Bearer one' }, protocols = [], path = '/') {
      const socket = new WebSocket(fixture.url + path, [...protocols], { headers });
      return new Promise<Opened>((resolve, reject) => {
        socket.once('open', () => resolve({ socket }));
        socket.once('error', reject);
        socket.once('unexpected-response', (_, response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() }),
          );
        });
      });
    },
    async manage(method, id, body) {
      const response = await fetch(`http://127.0.0.1:${port}/live/@connections/${encodeURIComponent(id)}`, {
        method,
        ...(body !== undefined && { body }),
      });
      return { status: response.status, body: await response.text() };
    },
    async close() {
      gateway.endAll();
      await close(gateway.server);
      await close(backend);
    },
  };
  return fixture;
}

/** What comes next through a socket. */
export async function next(socket: WebSocket): Promise<string> {
  const [data]: Buffer[] = await once(socket, 'message');
  return String(data);
}

async function declare(backendUrl: string) {
  const { handlers, routesOf } = socketParts();
  const make = async (type: string, inputs: object): Promise<string> =>
    (await handlers[`aws:apigatewayv2/${type}`]!.create({ apiId: 'api', ...inputs }, 'name')).id;
  const authorizerId = await make('authorizer:Authorizer', {
    name: 'authorizer',
    authorizerType: 'REQUEST',
    authorizerUri:
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:0:function:f/invocations',
  });
  const route = async (
    routeKey: string,
    path: string,
    more: object,
    headers: object = {},
  ): Promise<string> => {
    const integration = await make('integration:Integration', {
      integrationType: 'HTTP_PROXY',
      integrationMethod: 'POST',
      integrationUri: `${backendUrl}${path}`,
      requestParameters: {
        'integration.request.header.x-connection-id': 'context.connectionId',
        'integration.request.header.x-tenant-id': 'context.authorizer.tenantId',
        'integration.request.header.x-source-ip': 'context.identity.sourceIp',
        'integration.request.header.x-gateway-secret': "'hush'",
        ...headers,
      },
    });
    return make('route:Route', { routeKey, target: `integrations/${integration}`, ...more });
  };
  await route(
    '$connect',
    '/connect',
    { authorizationType: 'CUSTOM', authorizerId },
    {
      'integration.request.header.Authorization': 'route.request.header.Authorization',
      'integration.request.header.x-websocket-protocol': 'route.request.header.Sec-WebSocket-Protocol',
    },
  );
  const message = await route('$default', '/message', { routeResponseSelectionExpression: '$default' });
  await make('routeResponse:RouteResponse', { routeId: message, routeResponseKey: '$default' });
  await route('$disconnect', '/disconnect', {});
  return routesOf('api');
}

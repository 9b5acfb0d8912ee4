import { randomBytes, randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { createEndpoint, type HttpRoute } from '../../endpoint.ts';
import { Faults } from '../../faults.ts';
import { isForeign } from '../../loopback.ts';
import { type Authorization, type InvokeFunction, judge, readAnswer } from '../authorizer.ts';
import { readBody } from '../body.ts';
import { gatewayErrors, type GatewayError } from '../errors.ts';
import { authorizerArn } from '../event.ts';
import { send } from '../integration.ts';
import { readRequest, type GatewayRequest } from '../request.ts';
import { createTokenBuckets } from '../token-bucket.ts';
import type { Connection, Connections } from './connections.ts';
import { type ConnectEvent, connectEvent } from './event.ts';
import { frameWatch } from './frames.ts';
import { isOverdue, MAX_FRAME_BYTES, MAX_MESSAGE_BYTES } from './limits.ts';
import type { SocketPassing } from './request-parameter.ts';
import type { DeployedSockets, SocketRoute } from './route.ts';

export interface WebSocketGatewayArgs {
  readonly invoke: InvokeFunction<ConnectEvent>;
  readonly deployed: () => DeployedSockets | undefined;
  readonly connections: Connections;
  /** What else is answered at its address: `@connections`. */
  readonly manage: HttpRoute;
  readonly now?: () => number;
}

export interface WebSocketGateway {
  readonly server: Server;
  /** Closes the sockets that have been open or silent for too long. Whoever opens a front asks for it regularly. */
  closeOverdue(): void;
  /** Ends every socket that was opened here. */
  endAll(): void;
}

/** RFC 6455, section 7.4.1. */
const [GOING_AWAY, UNSUPPORTED, TOO_BIG] = [1001, 1003, 1009];

/** The front of a WebSocket API: its one stage, at the root of the URL, as behind a custom domain name. */
export function createWebSocketGateway(args: WebSocketGatewayArgs): WebSocketGateway {
  const { invoke, deployed, connections, manage, now = Date.now } = args;
  const buckets = createTokenBuckets(now);
  const server = createEndpoint({ services: [], routes: [manage], faults: new Faults() });
  const chosen = new WeakMap<IncomingMessage, string>();
  const upgrades = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    // Never the first that the client names: that may be the token.
    handleProtocols: (_, message) => chosen.get(message) ?? false,
  });
  server.on('upgrade', (message: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    open(message, stream, head).catch(() => refuse(stream, gatewayErrors.authorizerFailure));
  });

  const admits = ({ stage, throttle }: DeployedSockets, routeKey: string): boolean =>
    !throttle || buckets.take(`${stage.apiId}/${stage.name}/${routeKey}`, throttle);

  async function open(message: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const current = deployed();
    const route = current?.routes.get('$connect');
    if (isForeign(message) || !current || !route) return refuse(stream, gatewayErrors.noRoute);
    if (!admits(current, '$connect')) return refuse(stream, gatewayErrors.throttled);
    const request = readRequest(message, randomUUID(), new Date(now()));
    // Base64 with its padding, as real ones have: they must be encoded in a URL.
    const id = randomBytes(11).toString('base64');
    const authorization = await authorize(current, route, request, id);
    if (!authorization.allowed) return refuse(stream, authorization.error);
    const { context: authorizer } = authorization;
    const passing = { connectionId: id, sourceIp: request.sourceIp, authorizer, opening: request };
    const answer = await call(route, passing, request, Buffer.alloc(0));
    if (!answer || answer.status >= 300)
      return refuse(stream, { ...gatewayErrors.integrationFailure, status: answer?.status ?? 502 });
    if (answer.protocol !== undefined) chosen.set(message, answer.protocol);
    upgrades.handleUpgrade(message, stream, head, (socket) => {
      const isTooLong = frameWatch(MAX_FRAME_BYTES);
      // Before the library's own listener, which would hand the message on.
      stream.prependListener('data', (bytes: Buffer) => {
        if (isTooLong(bytes)) socket.close(TOO_BIG);
      });
      serve(
        {
          id,
          stage: current.stage,
          socket,
          sourceIp: request.sourceIp,
          connectedAt: request.receivedAt,
          lastActiveAt: request.receivedAt.getTime(),
          authorizer,
        },
        request,
      );
    });
  }

  async function authorize(
    { stage }: DeployedSockets,
    { authorizer }: SocketRoute,
    request: GatewayRequest,
    id: string,
  ): Promise<Authorization> {
    if (!authorizer) return { allowed: true, context: {} };
    const event = connectEvent(stage, request, id);
    const policy = readAnswer(
      await invoke(authorizer.functionArn, event, authorizerArn(stage, authorizer.name)),
    );
    return 'status' in policy ? { allowed: false, error: policy } : judge(policy, event.methodArn);
  }

  function serve(connection: Connection, opening: GatewayRequest): void {
    const { id, socket, sourceIp, authorizer } = connection;
    connections.set(id, connection);
    const passing = { connectionId: id, sourceIp, authorizer, opening: undefined };
    const say = (what: string): void =>
      socket.send(JSON.stringify({ message: what, connectionId: id, requestId: randomUUID() }));
    const onMessage = async (data: Buffer): Promise<void> => {
      const current = deployed();
      const route = current?.routes.get('$default');
      if (!current || !route) return say('Forbidden');
      if (!admits(current, '$default')) return say('Too Many Requests');
      const answer = await call(route, passing, opening, data);
      if (!answer || answer.status >= 300) return say('Internal server error');
      connection.lastActiveAt = now();
      if (route.replies) socket.send(answer.body);
    };
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (socket.readyState !== socket.OPEN) return;
      connection.lastActiveAt = now();
      if (isBinary) return socket.close(UNSUPPORTED);
      onMessage(data).catch(() => say('Internal server error'));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      connections.delete(id);
      const route = deployed()?.routes.get('$disconnect');
      // Best effort, as on AWS.
      if (route) call(route, passing, opening, Buffer.alloc(0)).catch(() => undefined);
    });
  }

  return {
    server,
    closeOverdue() {
      for (const connection of connections.values())
        if (isOverdue(connection, now())) connection.socket.close(GOING_AWAY);
    },
    endAll() {
      for (const socket of upgrades.clients) socket.terminate();
    },
  };
}

interface Answered {
  readonly status: number;
  readonly protocol: string | undefined;
  readonly body: string;
}

/** Undefined when the integration did not answer. Only mapped headers reach it. */
async function call(
  { integration }: SocketRoute,
  passing: SocketPassing,
  opening: GatewayRequest,
  body: Buffer,
): Promise<Answered | undefined> {
  const parameters = integration.parameters.map(({ header, valueOf }) => ({
    place: 'header' as const,
    name: header,
    valueOf: () => valueOf(passing),
  }));
  const request = { ...opening, headers: [], query: [] };
  const answer = await send(
    { ...integration, parameters },
    { request, pathParameters: {}, authorizer: {} },
    body,
  );
  if (typeof answer === 'string') return undefined;
  const text = await readBody(answer);
  const protocol = answer.headers['sec-websocket-protocol'];
  return text && { status: answer.statusCode ?? 502, protocol, body: text.toString() };
}

function refuse(stream: Duplex, { status, body }: Pick<GatewayError, 'status' | 'body'>): void {
  const text = JSON.stringify(body);
  stream.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(text)}`,
      'connection: close',
      '',
      text,
    ].join('\r\n'),
  );
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pool } from 'pg';
import type { Model } from '../../cedar/model.ts';
import { pathParameters } from '../../cedar/route.ts';
import type { Decider } from '../decide/decider.ts';
import type { Decision } from '../decision.ts';
import type { Identify } from '../identity/identify.ts';
import { bearerToken } from '../request/bearer.ts';
import { answerOperation } from './answer-operation.ts';
import { refuseGaps } from './coverage.ts';
import { readFacts } from './facts.ts';
import type { Handler, PublicHandler } from './handler.ts';
import { readBody, readRaw, type RawRequest, send, type Sent } from './http.ts';
import { failure, recorded } from './recorded.ts';
import type { ResourceLoader } from './resources.ts';
import { createSockets, type SocketOptions } from './sockets/sockets.ts';
import { refusePrivilegedRole } from './tenant-transaction.ts';

export interface BackendOptions {
  readonly model: Model;
  readonly identify: Identify;
  /** Of the full set of policies: the backend knows every fact. */
  readonly decider: Decider;
  /** A service that keeps its data elsewhere has none: its handlers and loaders then go by the tenant they are given. */
  readonly database?: Pool;
  readonly gatewaySecret: string;
  /** By entity type. */
  readonly resources: Readonly<Record<string, ResourceLoader>>;
  /** By the operation's key in `op`. */
  readonly handlers: Readonly<Record<string, Handler>>;
  /** For operations whose resource only the service can find: its id, from the request's body. */
  readonly locate: Readonly<Record<string, (body: unknown) => string | undefined>>;
  /** By `METHOD /path`, the path as the API document writes it. */
  readonly publicHandlers: Readonly<Record<string, PublicHandler>>;
  /**
   * Origins whose pages may read the answers. A REST API hands a service's answers on as they are, so that the service
   * must say this itself; preflights are the gateway's.
   */
  readonly corsOrigins?: readonly string[];
  /** Where a WebSocket API stands in front of the service. */
  readonly sockets?: SocketOptions;
  readonly record: (decision: Decision) => void;
  readonly now: () => number;
}

/** For node's http server, and so for every framework that stands on it. */
export type Listener = (message: IncomingMessage, response: ServerResponse) => void;

/**
 * The second decision: verifies the original token itself, finds the resource among the rows that the caller's tenant
 * lets it see, decides on its real attributes, and runs the handler in the same transaction. Headers by which a
 * gateway forwards an identity decide nothing.
 * @throws Error when an operation of the document has no handler or loader, when the gateway's secret is empty, or
 * when row level security does not bind the database role
 */
export async function createBackend(options: BackendOptions): Promise<Listener> {
  const { database, gatewaySecret, now } = options;
  refuseGaps(options);
  if (database) await refusePrivilegedRole(database);
  // Losing an idle connection is no news: the next request opens another. Unheard, the event would end the process.
  database?.on('error', () => {});
  const sockets = options.sockets && createSockets(options, options.sockets);

  async function serve(message: IncomingMessage): Promise<Sent> {
    const request = readRaw(message);
    const open = publicHandler(options, request);
    if (open) return open().catch(() => failure(500));
    const facts = readFacts(request, gatewaySecret, now());
    const body = (): Promise<unknown> => readBody(message);
    const bySocket = sockets?.(facts, body);
    if (bySocket) return bySocket;
    const bearer = bearerToken(request.headers['authorization'] ?? []);
    const { answer } = await recorded(options, (learnt) =>
      answerOperation(options, { bearer, facts, body }, learnt),
    );
    return answer;
  }

  return (message, response) => {
    for (const [name, value] of corsHeaders(message, options.corsOrigins ?? []))
      response.setHeader(name, value);
    serve(message)
      .then((answer) => send(response, answer))
      .catch(() => response.destroy());
  };
}

function publicHandler(
  { model, publicHandlers }: BackendOptions,
  request: RawRequest,
): PublicHandler | undefined {
  const route = model.publicRoutes.find(
    ({ method, path }) => method === request.method && pathParameters(path, request.path),
  );
  return route && publicHandlers[`${route.method} ${route.path}`];
}

function corsHeaders({ headersDistinct }: IncomingMessage, origins: readonly string[]): [string, string][] {
  const [origin, ...others] = headersDistinct['origin'] ?? [];
  if (origin === undefined || others.length > 0 || !origins.includes(origin)) return [];
  return [
    ['access-control-allow-origin', origin],
    ['vary', 'origin'],
  ];
}

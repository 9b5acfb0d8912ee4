import type { IncomingMessage, ServerResponse } from 'node:http';
import { bearerToken } from '../request/bearer.ts';
import { answerOperation } from './answer-operation.ts';
import { readFacts } from './facts.ts';
import type { Run } from './handler.ts';
import { readBody, readRaw, send, type Sent } from './http.ts';
import type { BackendOptions } from './options.ts';
import { prepare } from './prepare.ts';
import { publicRouteOf } from './public-route.ts';
import { failure, recorded } from './recorded.ts';
import { createSockets } from './sockets/sockets.ts';

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
  const { model, handlers, publicHandlers } = options;
  const kit = await prepare(options, { handlers, publicHandlers });
  const run: Run = (call, { route }) => handlers[route.key]!(call);
  const sockets = options.sockets && createSockets(kit, options.sockets, run);

  async function serve(message: IncomingMessage): Promise<Sent> {
    const request = readRaw(message);
    const open = publicHandlers[publicRouteOf(model, request.method, request.path) ?? ''];
    if (open) return open().catch(() => failure(500));
    const facts = readFacts(request, kit.gatewaySecret, kit.now());
    const body = (): Promise<unknown> => readBody(message);
    const bySocket = sockets?.(facts, body);
    if (bySocket) return bySocket;
    const bearer = bearerToken(request.headers['authorization'] ?? []);
    const { answer } = await recorded(kit, (learnt) =>
      answerOperation(kit, { bearer, facts, body, run }, learnt),
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

function corsHeaders({ headersDistinct }: IncomingMessage, origins: readonly string[]): [string, string][] {
  const [origin, ...others] = headersDistinct['origin'] ?? [];
  if (origin === undefined || others.length > 0 || !origins.includes(origin)) return [];
  return [
    ['access-control-allow-origin', origin],
    ['vary', 'origin'],
  ];
}

import { referAs } from '../../identity/principal.ts';
import { operationOf } from '../../request/operation.ts';
import { BEARER_SUBPROTOCOL, connectToken } from '../../request/bearer.ts';
import { isTokenReason, refuse, type Refusal } from '../../respond/reasons.ts';
import { answerOperation, identifyCaller } from '../answer-operation.ts';
import { decide, learnAnswer } from '../decide.ts';
import type { Facts } from '../facts.ts';
import type { Learnt, Run } from '../handler.ts';
import type { Answer, Sent } from '../http.ts';
import type { Kit } from '../options.ts';
import { type Ended, recorded } from '../recorded.ts';
import { endpointEntity } from '../resources.ts';
import { readMessage } from './message.ts';
import { CONNECTION_HEADER, PROTOCOL_HEADER, SOCKET_PATHS } from './paths.ts';
import type { SocketSessions } from './sessions.ts';
import { createSweeper } from './sweeper.ts';

export interface SocketOptions {
  /** The operation that stands for opening a socket: the one that the authorizer decides on at `$connect`. */
  readonly operation: string;
  readonly sessions: SocketSessions;
  /** Closes a socket at the gateway. One that is closed already is no error. */
  readonly close: (connectionId: string) => Promise<void>;
  /** Milliseconds after which the tokens of all open sockets are judged again. */
  readonly sweepMs: number;
}

type Body = () => Promise<unknown>;

/**
 * The backend's half of a WebSocket API. The gateway's authorizer is asked once, when a socket is opened; so each
 * message is decided on here, as the request that it is, with the token verified again. A socket whose token has
 * expired, or whose tenant is suspended, is closed, at its next message or at the next sweep, whichever is first.
 * @returns answers what a WebSocket API's integrations ask, and nothing for any other request
 * @throws Error when the operation is not one on its own Endpoint
 */
export function createSockets(
  options: Kit,
  sockets: SocketOptions,
  run: Run,
): (facts: Facts, body: Body) => Promise<Sent> | undefined {
  const { sessions } = sockets;
  const opening = operationOf(options.model, sockets.operation);
  if (opening?.route.resource.id.from !== 'endpoint')
    throw new Error(
      `${sockets.operation}, which stands for opening sockets, is no operation on its Endpoint`,
    );
  const { name, route } = opening;

  async function open(facts: Facts, connectionId: string): Promise<Sent> {
    const { headers } = facts.request;
    const protocols = headers[PROTOCOL_HEADER] ?? [];
    const bearer = connectToken(headers['authorization'] ?? [], protocols);
    const { answer } = await recorded(options, async (learnt) => {
      if (!bearer.ok) return bearer;
      const allowed = await mayOpen(bearer.token, facts, learnt);
      if (!allowed.ok) return allowed;
      learnt.decision = 'allow';
      await sessions.open({ connectionId, token: bearer.token });
      sweeper.wake();
      return { status: 200, body: undefined };
    });
    // A browser gives up on a socket that selects none of its subprotocols.
    return protocols.length > 0 && answer.status === 200
      ? { ...answer, headers: { 'sec-websocket-protocol': BEARER_SUBPROTOCOL } }
      : answer;
  }

  async function mayOpen(token: string, facts: Facts, learnt: Learnt): Promise<{ ok: true } | Refusal> {
    learnt.action = name;
    if (facts.gatewayDecisionId !== undefined) learnt.gatewayDecisionId = facts.gatewayDecisionId;
    const identified = await identifyCaller(options, token, learnt);
    if (!identified.ok) return identified;
    const { identity } = identified;
    const entity = endpointEntity(name, route, referAs(options.model, identity.row.slug));
    const matter = { name, resource: entity, own: true, supplied: {} };
    const decided = await decide(options, { identity, facts }, matter);
    learnAnswer(learnt, decided);
    return decided.ok ? { ok: true } : decided;
  }

  async function take(facts: Facts, connectionId: string, body: Body): Promise<Answer> {
    let id: string | undefined;
    const ended = await recorded(options, async (learnt) => {
      const session = await sessions.find(connectionId);
      if (!session) return refuse('SOCKET_UNKNOWN');
      const message = readMessage(await body());
      id = message.id;
      return answerOperation(
        options,
        {
          bearer: { ok: true, token: session.token },
          facts: { ...facts, request: message.request },
          body: async () => message.body,
          run,
        },
        learnt,
      );
    });
    if (endsSocket(ended)) await end(connectionId);
    const { status, body: answered } = ended.answer;
    // Always a success for the gateway, which would otherwise put words of its own into the reply's place.
    return { status: 200, body: { ...(id !== undefined && { id }), status, body: answered } };
  }

  async function end(connectionId: string): Promise<void> {
    await sessions.end(connectionId).catch(() => undefined);
    // The session is what counts: without it no message is answered, whether the socket goes now or later.
    await sockets.close(connectionId).catch(() => undefined);
  }

  const sweeper = createSweeper(sockets.sweepMs, async () => {
    const open = await sessions.all();
    for (const { connectionId, token } of open) {
      // What cannot be asked now is asked again; meanwhile messages are refused for the same reason.
      const identified = await options.identify(token).catch(() => undefined);
      if (identified && !identified.result.ok) await end(connectionId);
    }
    return sessions.shared || open.length > 0;
  });
  if (sessions.shared) sweeper.wake();

  return ({ request, fromGateway, ...facts }, body) => {
    const [connectionId, ...others] = request.headers[CONNECTION_HEADER] ?? [];
    const isOurs = request.method === 'POST' && Object.values<string>(SOCKET_PATHS).includes(request.path);
    // Anybody who reaches the service could speak for any socket; only the gateway may.
    if (!isOurs || !fromGateway || connectionId === undefined || others.length > 0) return undefined;
    const all = { ...facts, request, fromGateway };
    if (request.path === SOCKET_PATHS.connect) return open(all, connectionId);
    if (request.path === SOCKET_PATHS.message) return take(all, connectionId, body);
    return sessions.end(connectionId).then(() => ({ status: 200, body: undefined }));
  };
}

/** Whatever is said of the caller holds for every later message too; what is said of one request does not. */
function endsSocket({ reason }: Ended): boolean {
  return reason !== undefined && (isTokenReason(reason) || CALLER_REASONS.has(reason));
}

const CALLER_REASONS: ReadonlySet<string> = new Set([
  'SOCKET_UNKNOWN',
  'ISSUER_UNKNOWN',
  'TENANT_SUSPENDED',
  'TENANT_MISMATCH',
  'CLAIM_MISSING',
  'CLAIM_INVALID',
] satisfies Refusal['reason'][]);

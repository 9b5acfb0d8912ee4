import type { Model } from '../../cedar/model.ts';
import { bearerToken } from '../request/bearer.ts';
import { answerOperation } from './answer-operation.ts';
import { readFacts } from './facts.ts';
import type { AllowedCall, Handler, Run } from './handler.ts';
import { type Answer, type RawRequest, RequestProblem, type Sent } from './http.ts';
import type { GuardOptions } from './options.ts';
import { prepare } from './prepare.ts';
import { publicRouteOf } from './public-route.ts';
import { failure, recorded } from './recorded.ts';
import { answersFor, type FrameworkRoute } from './route-of.ts';
import { createSockets, type SocketOptions } from './sockets/sockets.ts';

/** A request, as a web framework's middleware sees it. */
export interface GuardedRequest {
  readonly raw: RawRequest;
  /** As the framework's handlers will read it; asked for only when the caller is known. */
  readonly body: () => Promise<unknown>;
  /** The framework's route, where it is known before the handler runs. */
  readonly route?: FrameworkRoute | undefined;
}

/** What became of a request in the framework's hands. Its answer has not been sent yet. */
export interface Handled {
  readonly status: number;
  /** The one whose handler answered; undefined when none did. */
  readonly route: FrameworkRoute | undefined;
}

/**
 * The second decision for a service whose framework routes its requests: the same checks as `createBackend`, around a
 * handler that runs in the tenant's transaction. The transaction is committed when it answers with a status below 400,
 * and rolled back otherwise.
 * @param proceed runs the framework's handler; its parameter is undefined for a public route, which is not guarded
 * @returns what to answer instead of the framework's handler; undefined when its own answer stands
 */
export type Guard = (
  request: GuardedRequest,
  proceed: (call: AllowedCall | undefined) => Promise<Handled>,
) => Promise<Sent | undefined>;

/** Where a WebSocket API stands in front of the service: its messages are requests that no framework routes. */
export interface GuardedSockets extends SocketOptions {
  /** As `createBackend` takes them: of the operations that messages may ask for, by the operation's key in `op`. */
  readonly handlers: Readonly<Record<string, Handler>>;
}

/** Stands for the framework's answer. */
const HANDED_OVER: Answer = { status: 200, body: undefined };

/** The framework's answer stands, and nothing of what led to it. */
class Undone extends RequestProblem {}

/** The framework took another route than was decided on: what it did must not be seen, nor last. */
class RouteMismatch extends Error {
  override readonly name = 'RouteMismatch';
}

/**
 * @throws Error when a resource type has no loader, when a handler is for no operation, when the gateway's secret is
 * empty, or when row level security does not bind the database role
 */
export async function createGuard(options: GuardOptions, sockets?: GuardedSockets): Promise<Guard> {
  const kit = await prepare(options);
  const { model } = kit;
  const takeSocket = sockets && createSockets(kit, sockets, messageHandlers(model, sockets));

  return async (request, proceed) => {
    const { raw, body } = request;
    const open = publicRouteOf(model, raw.method, raw.path);
    if (open !== undefined)
      return checked(request, open.slice(open.indexOf(' ') + 1), () => proceed(undefined)).then(
        () => undefined,
        () => failure(500),
      );

    const facts = readFacts(raw, kit.gatewaySecret, kit.now());
    const bySocket = takeSocket?.(facts, body);
    if (bySocket) return bySocket;
    const bearer = bearerToken(raw.headers['authorization'] ?? []);
    const outcome = { undone: false };
    const run: Run = async (call, { route: { path } }) => {
      const handled = await checked(request, path, () => proceed(call));
      if (handled.status < 400) return HANDED_OVER;
      outcome.undone = true;
      throw new Undone(handled.status, '');
    };
    const { answer } = await recorded(kit, (learnt) =>
      answerOperation(kit, { bearer, facts, body, run }, learnt),
    );
    return outcome.undone || answer === HANDED_OVER ? undefined : answer;
  };
}

/** @throws Error naming handlers that nothing would ever ask for */
function messageHandlers({ actions }: Model, { handlers }: GuardedSockets): Run {
  const known = new Set(Object.values(actions).map(({ route }) => route?.key));
  const strangers = Object.keys(handlers).filter((key) => !known.has(key));
  if (strangers.length > 0) throw new Error(`handlers of messages for no operation: ${strangers.join(', ')}`);
  return async (call, { route: { key } }) => {
    const handler = handlers[key];
    if (!handler) throw new RequestProblem(404, 'no message may ask for this operation');
    return handler(call);
  };
}

/** @throws RouteMismatch before the handler runs where that can be known, else after it */
async function checked(
  { route }: GuardedRequest,
  template: string,
  proceed: () => Promise<Handled>,
): Promise<Handled> {
  if (route && !answersFor(route, template)) throw new RouteMismatch();
  const handled = await proceed();
  // Without a route, only a refusal can be let out: anything else was answered by who knows what.
  const foreign = handled.route ? !answersFor(handled.route, template) : handled.status < 400;
  if (foreign) throw new RouteMismatch();
  return handled;
}

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pool } from 'pg';
import type { Model } from '../../cedar/model.ts';
import { matchRoute, type RouteMatch } from '../../cedar/route.ts';
import type { Decider } from '../decide/decider.ts';
import { principalIdOf } from '../decide/question.ts';
import type { Decision } from '../decision.ts';
import type { Identify, Identity } from '../identity/identify.ts';
import { errorName } from '../log.ts';
import { bearerToken } from '../request/bearer.ts';
import { isTokenReason, refuse, type Refusal } from '../respond/reasons.ts';
import { unavailableReason } from '../unavailable-reason.ts';
import { readFacts } from './facts.ts';
import type { Call, Handler, PublicHandler } from './handler.ts';
import { type Answer, readBody, readRaw, RequestProblem, type RawRequest, send } from './http.ts';
import { answerInTenant, type Outcome } from './answer-in-tenant.ts';
import type { ResourceLoader } from './resources.ts';

export interface BackendOptions {
  readonly model: Model;
  readonly identify: Identify;
  /** Of the full set of policies: the backend knows every fact. */
  readonly decider: Decider;
  readonly database: Pool;
  readonly gatewaySecret: string;
  /** By entity type. */
  readonly resources: Readonly<Record<string, ResourceLoader>>;
  /** By the operation's key in `op`. */
  readonly handlers: Readonly<Record<string, Handler>>;
  /** For operations whose resource only the service can find: its id, from the request's body. */
  readonly locate: Readonly<Record<string, (body: unknown) => string | undefined>>;
  /** By `METHOD /path`. */
  readonly publicHandlers: Readonly<Record<string, PublicHandler>>;
  readonly record: (decision: Decision) => void;
  readonly now: () => number;
}

type Facts = { -readonly [Name in keyof Decision]?: Decision[Name] };

/**
 * The second decision: verifies the original token itself, finds the resource among the rows that the caller's tenant
 * lets it see, decides on its real attributes, and runs the handler in the same transaction. Headers by which a
 * gateway forwards an identity are for logs; nothing here reads them.
 * @returns a listener for node's http server, and so for every framework that stands on it
 * @throws Error when an operation of the document has no handler or loader
 */
export function createBackend(
  options: BackendOptions,
): (message: IncomingMessage, response: ServerResponse) => void {
  const { model, publicHandlers, now, record } = options;
  refuseGaps(options);

  async function answer(message: IncomingMessage, request: RawRequest, facts: Facts): Promise<Outcome> {
    const bearer = bearerToken(request.headers['authorization'] ?? []);
    if (!bearer.ok) return bearer;
    // An unmatched route is denied, whatever the web framework below would have served.
    const match = matchRoute(model, request.method, request.path);
    if (!match) return refuse('ROUTE_UNKNOWN');
    facts.action = match.action;
    const { slug, cacheHits, result } = await options.identify(bearer.token);
    facts.cacheHits = cacheHits;
    if (slug !== undefined) facts.tenant = slug;
    if (!result.ok) return result;
    facts.principal = principalIdOf(result.identity);
    const call = await readCall(message, request, match, result.identity);
    const outcome = await answerInTenant(options, call);
    if (outcome.resource !== undefined) facts.resource = outcome.resource;
    if (outcome.answer) {
      facts.determining = outcome.answer.determining;
      facts.errors = outcome.answer.errors;
    }
    return outcome.result;
  }

  async function readCall(
    message: IncomingMessage,
    request: RawRequest,
    match: RouteMatch,
    identity: Identity,
  ): Promise<Call> {
    return {
      match,
      identity,
      body: await readBody(message),
      facts: readFacts(request, options.gatewaySecret, now()),
    };
  }

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = readRaw(message);
    const open = publicHandlers[`${request.method} ${request.path}`];
    if (open) return send(response, await open());
    const began = now();
    const decisionId = randomUUID();
    const facts: Facts = {};
    const note = (decided: Pick<Decision, 'decision' | 'reason' | 'cause'>): void =>
      record({ ...facts, ...decided, decisionId, milliseconds: now() - began });
    try {
      const outcome = await answer(message, request, facts);
      note('status' in outcome ? { decision: 'allow' } : { decision: 'deny', reason: outcome.reason });
      send(response, 'status' in outcome ? outcome : refusal(outcome, decisionId));
    } catch (error) {
      if (error instanceof RequestProblem)
        return send(response, { status: error.status, body: { message: error.message } });
      note({ decision: 'unavailable', reason: unavailableReason(error), cause: errorName(error) });
      send(response, { status: 503, body: { message: 'Service Unavailable', decisionId } });
    }
  }

  return (message, response) => {
    serve(message, response).catch(() => response.destroy());
  };
}

const refusal = ({ reason }: Refusal, decisionId: string): Answer =>
  isTokenReason(reason)
    ? { status: 401, body: { message: 'Unauthorized', decisionId } }
    : { status: 403, body: { message: 'Forbidden', reason, decisionId } };

/** A gap would otherwise show when the first client calls the operation. */
function refuseGaps({ model, handlers, resources, locate, publicHandlers }: BackendOptions): void {
  const routes = Object.values(model.actions).flatMap(({ route }) => (route ? [route] : []));
  const gaps = routes.flatMap(({ key, resource: { type, id } }) => [
    ...(handlers[key] ? [] : [`no handler for ${key}`]),
    ...(id.from === 'endpoint' || resources[type]
      ? []
      : [`no loader for the resource type ${type} of ${key}`]),
    ...(id.from !== 'backend' || locate[key] ? [] : [`nothing locates the resource of ${key}`]),
  ]);
  gaps.push(
    ...model.publicRoutes
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !publicHandlers[route])
      .map((route) => `no handler for ${route}`),
  );
  if (gaps.length > 0) throw new Error(`the backend does not cover its API document: ${gaps.join('; ')}`);
}

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pool } from 'pg';
import type { Model } from '../../cedar/model.ts';
import { matchRoute, pathParameters } from '../../cedar/route.ts';
import type { Decider } from '../decide/decider.ts';
import { principalIdOf } from '../decide/question.ts';
import type { Decision } from '../decision.ts';
import type { Identify } from '../identity/identify.ts';
import { errorName } from '../log.ts';
import { bearerToken } from '../request/bearer.ts';
import { isTokenReason, refuse, type Refusal } from '../respond/reasons.ts';
import { unavailableReason } from '../unavailable-reason.ts';
import { answerInTenant } from './answer-in-tenant.ts';
import { refuseGaps } from './coverage.ts';
import { readFacts } from './facts.ts';
import type { Handler, Learnt, PublicHandler } from './handler.ts';
import { type Answer, readBody, readRaw, RequestProblem, type RawRequest, send } from './http.ts';
import type { ResourceLoader } from './resources.ts';
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
  const { model, database, now, record } = options;
  refuseGaps(options);
  if (database) await refusePrivilegedRole(database);
  // Losing an idle connection is no news: the next request opens another. Unheard, the event would end the process.
  database?.on('error', () => {});

  async function answer(
    message: IncomingMessage,
    request: RawRequest,
    learnt: Learnt,
  ): Promise<Answer | Refusal> {
    const bearer = bearerToken(request.headers['authorization'] ?? []);
    if (!bearer.ok) return bearer;
    // An unmatched route is denied, whatever the web framework below would have served.
    const match = matchRoute(model, request.method, request.path);
    if (!match) return refuse('ROUTE_UNKNOWN');
    learnt.action = match.action;
    const { slug, cacheHits, result } = await options.identify(bearer.token);
    learnt.cacheHits = cacheHits;
    if (slug !== undefined) learnt.tenant = slug;
    if (!result.ok) return result;
    const { identity } = result;
    learnt.principal = principalIdOf(identity);
    const facts = readFacts(request, options.gatewaySecret, now());
    if (facts.gatewayDecisionId !== undefined) learnt.gatewayDecisionId = facts.gatewayDecisionId;
    return answerInTenant(options, { match, identity, facts, learnt, body: await readBody(message) });
  }

  async function serve(message: IncomingMessage, request: RawRequest): Promise<Answer> {
    const began = now();
    const decisionId = randomUUID();
    const learnt: Learnt = {};
    const note = (decided: Pick<Decision, 'decision' | 'reason' | 'cause'>): void =>
      record({ ...learnt, ...decided, decisionId, milliseconds: now() - began });
    try {
      const outcome = await answer(message, request, learnt);
      if ('status' in outcome) {
        note({ decision: 'allow' });
        return outcome;
      }
      note({ decision: 'deny', reason: outcome.reason });
      return refusal(outcome, decisionId);
    } catch (error) {
      const allowed = learnt.decision === 'allow';
      if (error instanceof RequestProblem) {
        if (allowed) note({ decision: 'allow' });
        return { status: error.status, body: { message: error.message } };
      }
      if (allowed) {
        note({ decision: 'allow', cause: errorName(error) });
        return failure(500, decisionId);
      }
      const reason = unavailableReason(error);
      const cause = reason === 'INTERNAL' ? error : error instanceof Error ? error.cause : undefined;
      note({ decision: 'unavailable', reason, cause: errorName(cause) });
      return failure(503, decisionId);
    }
  }

  return (message, response) => {
    const request = readRaw(message);
    const open = publicHandler(options, request);
    const answered = open ? open().catch(() => failure(500)) : serve(message, request);
    answered.then((result) => send(response, result)).catch(() => response.destroy());
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

const refusal = ({ reason }: Refusal, decisionId: string): Answer =>
  isTokenReason(reason)
    ? { status: 401, body: { message: 'Unauthorized', decisionId } }
    : { status: 403, body: { message: 'Forbidden', reason, decisionId } };

const failure = (status: 500 | 503, decisionId?: string): Answer => ({
  status,
  body: {
    message: status === 503 ? 'Service Unavailable' : 'Internal Server Error',
    ...(decisionId !== undefined && { decisionId }),
  },
});

import { randomUUID } from 'node:crypto';
import type {
  APIGatewayAuthorizerResult,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
} from 'aws-lambda';
import type { Model } from '../cedar/model.ts';
import type { GatewayDecider, Question } from './decide/decider.ts';
import { gatewayQuestion, principalIdOf } from './decide/question.ts';
import type { Decision } from './decision.ts';
import { type DecisionRecord, decisionRecord } from './decision-record.ts';
import type { Identify } from './identity/identify.ts';
import { errorName } from './log.ts';
import { readHttpEvent } from './request/http.ts';
import type { ReadEvent } from './request/operation.ts';
import { readRestEvent } from './request/rest.ts';
import { readConnectEvent } from './request/websocket.ts';
import { allowHttp, type HttpAnswer, refuseHttp } from './respond/http.ts';
import { refuse, type Refusal } from './respond/reasons.ts';
import { allowRest, refuseRest } from './respond/rest.ts';
import type { DecisionMode, RegistryRow } from './tables/registry.ts';
import { unavailableReason } from './unavailable-reason.ts';

export interface AuthorizerOptions {
  readonly model: Model;
  readonly identify: Identify;
  readonly deciders: Readonly<Record<DecisionMode, GatewayDecider>>;
  /** The operation that stands for opening a WebSocket. Absent: none is opened. */
  readonly webSocketOperation?: string | undefined;
  readonly now: () => number;
  /** Takes note of every decision, of those that could not be made too. */
  readonly record: (decision: Decision) => void;
  /** Takes what a decision went by: see DecisionRecord. Absent: nothing of it is kept. */
  readonly keep?: (record: DecisionRecord) => void;
}

export interface Authorize {
  /** HTTP APIs. */
  (event: APIGatewayRequestAuthorizerEventV2): Promise<HttpAnswer>;
  /** REST APIs, and `$connect` of WebSocket APIs. */
  (event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult>;
}

type GatewayEvent = APIGatewayRequestAuthorizerEvent | APIGatewayRequestAuthorizerEventV2;

/** What is learnt of a request on the way, for the record. */
type Facts = { -readonly [Name in keyof Decision]?: Decision[Name] };

type Outcome = { readonly ok: true; readonly row: RegistryRow; readonly principalId: string } | Refusal;

/**
 * One request from event to response: read, identify, decide, respond. The function throws `Unauthorized` where the
 * gateway shall answer 401, and any other error where something that decides could not be asked (500, not cached).
 */
export function createAuthorizer(options: AuthorizerOptions): Authorize {
  const { model, identify, deciders, now, record, keep } = options;

  async function decide(
    read: ReadEvent,
    facts: Facts,
    learn: (question: Question) => void,
  ): Promise<Outcome> {
    if (!read.ok) return read;
    const { request, operation } = read;
    facts.action = operation.name;

    const { slug, cacheHits, result } = await identify(request.token);
    facts.cacheHits = cacheHits;
    if (slug !== undefined) facts.tenant = slug;
    if (!result.ok) return result;
    const { identity } = result;
    const principalId = principalIdOf(identity);
    facts.principal = principalId;

    const asked = gatewayQuestion(identity, operation, request, model);
    if (!asked.ok) return asked;
    facts.resource = asked.question.resource.id;
    learn(asked.question);
    const { row, permissions } = identity;
    const answer = await deciders[row.decisionMode].decide(asked.question, {
      token: request.token,
      tokenUse: row.tokenUse,
      ...(permissions && { permissions }),
      sensitive: operation.route.sensitive,
    });
    facts.determining = answer.determining;
    facts.errors = answer.errors;
    if (answer.errors.length > 0) return refuse('POLICY_ERROR');
    return answer.decision === 'allow' ? { ok: true, row, principalId } : refuse('POLICY_DENIES');
  }

  function authorize(event: APIGatewayRequestAuthorizerEventV2): Promise<HttpAnswer>;
  function authorize(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult>;
  async function authorize(event: GatewayEvent): Promise<HttpAnswer | APIGatewayAuthorizerResult> {
    const began = now();
    const decisionId = randomUUID();
    const facts: Facts = {};
    let question: Question | undefined;
    const note = (decided: Pick<Decision, 'decision' | 'reason' | 'cause'>): void => {
      record({ ...facts, ...decided, decisionId, milliseconds: now() - began });
      const { decision } = decided;
      if (keep && question && decision !== 'unavailable')
        keep(decisionRecord(model, question, { decisionId, phase: 'gateway', decision }));
    };

    let outcome: Outcome;
    try {
      outcome = await decide(readEvent(event, options), facts, (asked) => {
        question = asked;
      });
    } catch (error) {
      const reason = unavailableReason(error);
      const cause = reason === 'INTERNAL' ? error : error instanceof Error ? error.cause : undefined;
      note({ decision: 'unavailable', reason, cause: errorName(cause) });
      throw new Error(reason, { cause: error });
    }
    if (!outcome.ok) {
      note({ decision: 'deny', reason: outcome.reason });
      return isHttpEvent(event) ? refuseHttp(outcome, decisionId) : refuseRest(outcome, decisionId);
    }
    note({ decision: 'allow' });
    const { row, principalId } = outcome;
    const allowed = { tenantId: row.slug, principalId, decisionId };
    return isHttpEvent(event) ? allowHttp(allowed) : allowRest(event.methodArn, allowed, row.usageKey);
  }
  return authorize;
}

function readEvent(event: GatewayEvent, { model, webSocketOperation }: AuthorizerOptions): ReadEvent {
  if (isHttpEvent(event)) return readHttpEvent(event, model);
  return event.requestContext.eventType === 'CONNECT'
    ? readConnectEvent(event, model, webSocketOperation)
    : readRestEvent(event, model);
}

/** Of the events that an authorizer gets, only those of payload format 2.0 have a version. */
const isHttpEvent = (event: GatewayEvent): event is APIGatewayRequestAuthorizerEventV2 => 'version' in event;

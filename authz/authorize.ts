import { randomUUID } from 'node:crypto';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Model } from '../cedar/model.ts';
import type { Decider } from './decide/decider.ts';
import { gatewayQuestion, principalIdOf } from './decide/question.ts';
import type { Decision } from './decision.ts';
import type { Identify } from './identity/identify.ts';
import { errorName } from './log.ts';
import { readRestEvent } from './request/rest.ts';
import { refuse, type Refusal } from './respond/reasons.ts';
import { allowRest, refuseRest } from './respond/rest.ts';
import type { DecisionMode } from './tables/registry.ts';
import { unavailableReason } from './unavailable-reason.ts';

export interface AuthorizerOptions {
  readonly model: Model;
  readonly identify: Identify;
  readonly deciders: Readonly<Record<DecisionMode, Decider>>;
  readonly now: () => number;
  /** Takes note of every decision, of those that could not be made too. */
  readonly record: (decision: Decision) => void;
}

export type Authorize = (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/** What is learnt of a request on the way, for the record. */
type Facts = { -readonly [Name in keyof Decision]?: Decision[Name] };

/**
 * One request from event to response: read, identify, decide, respond. The function throws `Unauthorized` where the
 * gateway shall answer 401, and any other error where something that decides could not be asked (500, not cached).
 */
export function createAuthorizer({ model, identify, deciders, now, record }: AuthorizerOptions): Authorize {
  async function decide(
    event: APIGatewayRequestAuthorizerEvent,
    facts: Facts,
  ): Promise<{ readonly ok: true; readonly tenantId: string; readonly principalId: string } | Refusal> {
    const read = readRestEvent(event, model);
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
    const answer = await deciders[identity.row.decisionMode].decide(asked.question);
    facts.determining = answer.determining;
    facts.errors = answer.errors;
    if (answer.errors.length > 0) return refuse('POLICY_ERROR');
    return answer.decision === 'allow'
      ? { ok: true, tenantId: identity.row.slug, principalId }
      : refuse('POLICY_DENIES');
  }

  return async (event) => {
    const began = now();
    const decisionId = randomUUID();
    const facts: Facts = {};
    const note = (decided: Pick<Decision, 'decision' | 'reason' | 'cause'>): void =>
      record({ ...facts, ...decided, decisionId, milliseconds: now() - began });

    const outcome = await decide(event, facts).catch((error: unknown) => {
      const reason = unavailableReason(error);
      const cause = reason === 'INTERNAL' ? error : error instanceof Error ? error.cause : undefined;
      note({ decision: 'unavailable', reason, cause: errorName(cause) });
      throw new Error(reason, { cause: error });
    });
    if (outcome.ok) {
      note({ decision: 'allow' });
      const { tenantId, principalId } = outcome;
      return allowRest(event.methodArn, { tenantId, principalId, decisionId });
    }
    note({ decision: 'deny', reason: outcome.reason });
    return refuseRest(outcome, decisionId);
  };
}

import { randomUUID } from 'node:crypto';
import type { Decision } from '../decision.ts';
import { errorName } from '../log.ts';
import { isTokenReason, type Refusal } from '../respond/reasons.ts';
import { unavailableReason } from '../unavailable-reason.ts';
import type { Learnt } from './handler.ts';
import { type Answer, RequestProblem, type Sent } from './http.ts';
import type { Kit } from './options.ts';

/** How a request ended. */
export interface Ended {
  readonly answer: Sent;
  /** Why it was refused. */
  readonly reason?: Refusal['reason'];
}

/** Runs one request, takes note of its decision, and makes an answer of whatever comes of it. Never throws. */
export async function recorded(
  { now, record }: Pick<Kit, 'now' | 'record'>,
  work: (learnt: Learnt) => Promise<Answer | Refusal>,
): Promise<Ended> {
  const began = now();
  const decisionId = randomUUID();
  const learnt: Learnt = {};
  const note = (decided: Pick<Decision, 'decision' | 'reason' | 'cause'>): void =>
    record({ ...learnt, ...decided, decisionId, milliseconds: now() - began });
  try {
    const outcome = await work(learnt);
    if ('status' in outcome) {
      note({ decision: 'allow' });
      return { answer: outcome };
    }
    const { reason } = outcome;
    note({ decision: 'deny', reason });
    return { answer: refusal(outcome, decisionId), reason };
  } catch (error) {
    const allowed = learnt.decision === 'allow';
    if (error instanceof RequestProblem) {
      if (allowed) note({ decision: 'allow' });
      const { status, headers, message } = error;
      return { answer: { status, headers, body: { message } } };
    }
    if (allowed) {
      note({ decision: 'allow', cause: errorName(error) });
      return { answer: failure(500, decisionId) };
    }
    const reason = unavailableReason(error);
    const cause = reason === 'INTERNAL' ? error : error instanceof Error ? error.cause : undefined;
    note({ decision: 'unavailable', reason, cause: errorName(cause) });
    return { answer: failure(503, decisionId) };
  }
}

const refusal = ({ reason }: Refusal, decisionId: string): Sent =>
  isTokenReason(reason)
    ? { status: 401, headers: challenge(reason), body: { message: 'Unauthorized', decisionId } }
    : { status: 403, body: { message: 'Forbidden', reason, decisionId } };

/** RFC 6750, section 3. What is wrong with a token is nobody's business but its owner's, who can read it. */
const challenge = (reason: Refusal['reason']): Sent['headers'] & object => ({
  'www-authenticate': reason === 'TOKEN_MISSING' ? 'Bearer' : 'Bearer error="invalid_token"',
});

export const failure = (status: 500 | 503, decisionId?: string): Answer => ({
  status,
  body: {
    message: status === 503 ? 'Service Unavailable' : 'Internal Server Error',
    ...(decisionId !== undefined && { decisionId }),
  },
});

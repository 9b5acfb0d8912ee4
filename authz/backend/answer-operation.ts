import { matchRoute } from '../../cedar/route.ts';
import { principalIdOf } from '../decide/question.ts';
import type { Identity } from '../identity/identify.ts';
import type { Bearer } from '../request/bearer.ts';
import { isReadOneWay } from '../request/path-parameters.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';
import { answerInTenant } from './answer-in-tenant.ts';
import type { Facts } from './facts.ts';
import type { Learnt, Run } from './handler.ts';
import type { Answer } from './http.ts';
import type { Kit } from './options.ts';

/** A request for an operation of the API, however it came. */
export interface Asked {
  readonly bearer: Bearer;
  readonly facts: Facts;
  /** Read only when the caller is known. */
  readonly body: () => Promise<unknown>;
  readonly run: Run;
}

/** Matches the route, identifies the caller, and answers in the tenant that has the resource. */
export async function answerOperation(
  options: Kit,
  { bearer, facts, body, run }: Asked,
  learnt: Learnt,
): Promise<Answer | Refusal> {
  if (!bearer.ok) return bearer;
  // An unmatched route is denied, whatever the web framework below would have served.
  const { method, path } = facts.request;
  const match = matchRoute(options.model, method, path);
  if (!match) return refuse('ROUTE_UNKNOWN');
  learnt.action = match.action;
  if (!isReadOneWay(options.model, { name: match.action, route: match.route }, match.parameters))
    return refuse('PATH_REFUSED');
  const identified = await identifyCaller(options, bearer.token, learnt);
  if (!identified.ok) return identified;
  if (facts.gatewayDecisionId !== undefined) learnt.gatewayDecisionId = facts.gatewayDecisionId;
  const { identity } = identified;
  return answerInTenant(options, { match, identity, facts, learnt, run, body: await body() });
}

/** Verifies the token itself: nothing that a gateway says of the caller counts. */
export async function identifyCaller(
  { identify }: Pick<Kit, 'identify'>,
  token: string,
  learnt: Learnt,
): Promise<{ readonly ok: true; readonly identity: Identity } | Refusal> {
  const { slug, cacheHits, result } = await identify(token);
  learnt.cacheHits = cacheHits;
  if (slug !== undefined) learnt.tenant = slug;
  if (result.ok) learnt.principal = principalIdOf(result.identity);
  return result;
}

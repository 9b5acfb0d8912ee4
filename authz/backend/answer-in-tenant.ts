import { ENDPOINT_TYPE } from '../../cedar/model.ts';
import { resourceIdOf } from '../../cedar/resource-id.ts';
import { principalIdOf } from '../decide/question.ts';
import { referAs } from '../identity/principal.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';
import { suppliedContext } from './context-facts.ts';
import { decide, learnAnswer } from './decide.ts';
import type { Call } from './handler.ts';
import type { Answer } from './http.ts';
import type { Kit } from './options.ts';
import { answerPermissions, permissionsOf } from './permissions.ts';
import { findResource, isResourceId, type ResourceRef } from './resources.ts';
import { acrossTenants, inTenant, type InOneOf, ofTenant, type TenantRows } from './tenant-transaction.ts';

/** Thrown to leave a transaction without committing it: nothing that was refused may leave a trace. */
class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/** RFC 9110, section 9.2.1: methods that ask and change nothing. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Looks for the resource in each tenant that the caller may reach, and answers in the one that has it: exactly one
 * tenant is set in the transaction in which the handler runs. An operation without a resource has nothing to look for.
 * Of a caller who reaches several tenants, one that only asks is about the rows of all of them, and one that changes
 * something is refused: whose rows it means would be a guess.
 */
export async function answerInTenant(options: Kit, call: Call): Promise<Answer | Refusal> {
  if (call.match.route.key === options.permissionsOperation) return answerPermissions(options, call);
  const resource = resourceNamed(options, call);
  if (!resource) return refuse('RESOURCE_ID_REFUSED');
  call.learnt.resource = resource.id;
  const tenants = call.identity.row.dataTenants;
  if (resource.type === ENDPOINT_TYPE && tenants.length !== 1)
    return tenants.length > 1 && SAFE.has(call.match.route.method)
      ? orRefused(
          acrossTenants(options.database, tenants, (place, inOneOf) =>
            attempt(options, call, place, inOneOf, resource),
          ),
        )
      : refuse('TENANT_AMBIGUOUS');
  for (const tenant of tenants) {
    const answer = await orRefused(
      inTenant(options.database, tenant, (database) => {
        const place = ofTenant(tenant, database);
        return attempt(options, call, place, (_, ask) => ask(place), resource);
      }),
    );
    if ('status' in answer || answer.reason !== 'RESOURCE_NOT_VISIBLE') return answer;
  }
  return refuse('RESOURCE_NOT_VISIBLE');
}

const orRefused = (attempted: Promise<Answer>): Promise<Answer | Refusal> =>
  attempted.catch((error: unknown) => {
    if (error instanceof Refused) return error.refusal;
    throw error;
  });

async function attempt(
  options: Kit,
  call: Call,
  place: TenantRows,
  inOneOf: InOneOf,
  ref: ResourceRef,
): Promise<Answer> {
  const { match, identity, body, facts, learnt, run } = call;
  const found = await findResource(options, identity, place, match.action, ref);
  if (!found.ok) throw new Refused(found);
  const about = {
    ...place,
    principalId: principalIdOf(identity),
    id: ref.id,
    resource: found.resource,
    query: facts.request.query,
    body,
  };
  const refer = referAs(options.model, identity.row.slug);
  const supplied = await suppliedContext(options, match.action, about, refer);
  if (!supplied.ok) throw new Refused(supplied);
  const decision = await decide(options, call, {
    name: match.action,
    resource: found.entity,
    own: true,
    supplied: supplied.context,
  });
  learnAnswer(learnt, decision);
  if (!decision.ok) throw new Refused(decision);
  learnt.decision = 'allow';
  const permissions = permissionsOf(options, call, inOneOf, place.tenants);
  return run({ ...about, context: decision.context, permissions }, match);
}

/** What a request is about; undefined when it names no acceptable id. */
function resourceNamed({ locate }: Kit, { match, body }: Call): ResourceRef | undefined {
  const { action, route, parameters } = match;
  const { type, id: source } = route.resource;
  if (source.from === 'endpoint') return { type, id: action };
  if (source.from === 'backend') {
    const id = locate[route.key]?.(body);
    return id !== undefined && isResourceId(id) ? { type, id } : undefined;
  }
  const read = resourceIdOf(parameters[source.parameter] ?? '');
  return read.ok ? { type, id: read.id } : undefined;
}

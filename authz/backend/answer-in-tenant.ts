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
import { inTenant, type TenantDatabase } from './tenant-transaction.ts';

/** Thrown to leave a transaction without committing it: nothing that was refused may leave a trace. */
class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/**
 * Looks for the resource in each tenant that the caller may reach, and answers in the one that has it: exactly one
 * tenant is set in the transaction in which the handler runs.
 */
export async function answerInTenant(options: Kit, call: Call): Promise<Answer | Refusal> {
  if (call.match.route.key === options.permissionsOperation) return answerPermissions(options, call);
  const resource = resourceNamed(options, call);
  if (!resource) return refuse('RESOURCE_ID_REFUSED');
  call.learnt.resource = resource.id;
  const tenants = call.identity.row.dataTenants;
  // An operation without a resource has nothing to look for: with several tenants, whose rows it means is a guess.
  if (resource.type === ENDPOINT_TYPE && tenants.length !== 1) return refuse('TENANT_AMBIGUOUS');
  for (const tenant of tenants) {
    try {
      return await inTenant(options.database, tenant, (database) =>
        attempt(options, call, { tenant, database }, resource),
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.refusal.reason !== 'RESOURCE_NOT_VISIBLE') return error.refusal;
    }
  }
  return refuse('RESOURCE_NOT_VISIBLE');
}

async function attempt(options: Kit, call: Call, place: TenantDatabase, ref: ResourceRef): Promise<Answer> {
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
  const permissions = permissionsOf(options, call, place);
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

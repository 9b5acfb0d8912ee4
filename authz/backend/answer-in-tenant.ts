import type { Action, Model } from '../../cedar/model.ts';
import { resourceIdOf } from '../../cedar/resource-id.ts';
import type { Answer as DeciderAnswer, EntityData } from '../decide/decider.ts';
import { principalIdOf } from '../decide/question.ts';
import { referAs } from '../identity/principal.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';
import type { BackendOptions } from './backend.ts';
import { decide } from './decide.ts';
import type { Call } from './handler.ts';
import type { Answer } from './http.ts';
import { permissionsOf } from './permissions.ts';
import { endpointEntity, type Resource, resourceEntity } from './resources.ts';
import { type Database, inTenant } from './tenant-transaction.ts';

export type Outcome = Answer | Refusal;

export interface Settled {
  readonly result: Outcome;
  readonly resource?: string;
  readonly answer?: DeciderAnswer;
}

/** The resource of a request, found in one tenant. */
interface Found {
  readonly id: string;
  readonly entity: EntityData;
  readonly resource?: Resource;
}

/** Thrown to leave a transaction without committing it: nothing that was refused may leave a trace. */
class Refused extends Error {
  readonly settled: Settled;

  constructor(settled: Settled) {
    super('refused');
    this.settled = settled;
  }
}

/**
 * Looks for the resource in each tenant that the caller may reach, and answers in the one that has it: exactly one
 * tenant is set in the transaction in which the handler runs.
 */
export async function answerInTenant(options: BackendOptions, call: Call): Promise<Settled> {
  const id = resourceIdIn(options, call);
  if (!id.ok) return { result: id };
  const tenants = call.identity.row.dataTenants;
  // Without an id there is nothing to look for: with several tenants it would be a guess whose rows are meant.
  if (id.id === undefined && tenants.length !== 1) return { result: refuse('TENANT_AMBIGUOUS') };
  for (const tenant of tenants) {
    const settled = await inTenant(options.database, tenant, (database) =>
      attempt(options, call, tenant, database, id.id),
    ).catch((error: unknown) => {
      if (error instanceof Refused) return error.settled;
      throw error;
    });
    if (settled) return settled;
  }
  return { result: refuse('RESOURCE_NOT_VISIBLE'), ...(id.id !== undefined && { resource: id.id }) };
}

/** Undefined: this tenant has no such resource. */
async function attempt(
  options: BackendOptions,
  call: Call,
  tenant: string,
  database: Database,
  id: string | undefined,
): Promise<Settled | undefined> {
  const found = await find(options, call, database, id);
  if (!found) return undefined;
  if ('reason' in found) throw new Refused({ result: found, ...(id !== undefined && { resource: id }) });
  const { action, route } = operationOf(options.model, call);
  const decision = await decide(
    options,
    call.identity,
    call.match.action,
    action,
    found.entity,
    call.facts,
    true,
  );
  const known = { resource: found.id, ...('answer' in decision && { answer: decision.answer }) };
  if (!decision.ok) throw new Refused({ ...known, result: decision });
  const result = await options.handlers[route.key]!({
    tenant,
    database,
    principalId: principalIdOf(call.identity),
    id: found.id,
    resource: found.resource,
    query: call.facts.request.query,
    body: call.body,
    permissions: permissionsOf(options, call, database),
  });
  return { ...known, result };
}

async function find(
  options: BackendOptions,
  call: Call,
  database: Database,
  id: string | undefined,
): Promise<Found | Refusal | undefined> {
  const { model } = options;
  const { route } = operationOf(model, call);
  const refer = referAs(model, call.identity.row.slug);
  if (id === undefined)
    return { id: call.match.action, entity: endpointEntity(call.match.action, route, refer) };
  const { type } = route.resource;
  const resource = await options.resources[type]?.(database, id);
  if (!resource) return undefined;
  const entity = resourceEntity(model, type, id, resource, refer);
  return entity ? { id, entity, resource } : refuse('RESOURCE_INCOMPLETE');
}

/** `id` is undefined where the resource is the operation itself. */
function resourceIdIn(
  { locate }: BackendOptions,
  { match, body }: Call,
): { readonly ok: true; readonly id?: string } | Refusal {
  const { key, resource } = match.route;
  if (resource.id.from === 'endpoint') return { ok: true };
  if (resource.id.from === 'backend') {
    const id = locate[key]?.(body);
    return id === undefined ? refuse('RESOURCE_ID_REFUSED') : { ok: true, id };
  }
  const read = resourceIdOf(match.parameters[resource.id.parameter] ?? '');
  return read.ok ? read : refuse('RESOURCE_ID_REFUSED');
}

function operationOf(
  model: Model,
  { match }: Call,
): { readonly action: Action; readonly route: Call['match']['route'] } {
  return { action: model.actions[match.action]!, route: match.route };
}

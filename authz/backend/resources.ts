import { type Attribute, ENDPOINT_TYPE, type Route } from '../../cedar/model.ts';
import { resourceIdOf } from '../../cedar/resource-id.ts';
import { cedarValue, type Refer } from '../decide/cedar-value.ts';
import type { CedarJson, EntityData } from '../decide/decider.ts';
import type { Identity } from '../identity/identify.ts';
import { referAs } from '../identity/principal.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';
import type { Kit } from './options.ts';
import type { TenantRows } from './tenant-transaction.ts';
import type { Database } from './transaction.ts';

/** A resource as the service's own data have it. */
export interface Resource {
  /** Its tenant. Absent for types that are `tenancy: shared`. */
  readonly tenant?: string;
  /** Attribute -> value, in the types of the API document. Null counts as absent. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Every ancestor, not only the direct ones: the embedded engine sees no other part of the hierarchy. */
  readonly ancestors?: readonly ResourceRef[];
}

/**
 * Finds a resource among the rows of a tenant; undefined when none is visible. `database` shows that tenant's rows
 * alone; whoever looks elsewhere has to go by `tenant`.
 */
export type ResourceLoader = (
  database: Database,
  id: string,
  tenant: string,
) => Promise<Resource | undefined>;

export interface ResourceRef {
  readonly type: string;
  readonly id: string;
}

export interface FoundResource {
  readonly ok: true;
  readonly entity: EntityData;
  /** Undefined for the operation itself. */
  readonly resource: Resource | undefined;
}

/**
 * A resource in Cedar's form. Refused when it cannot be seen, and when a required attribute is absent or one is of
 * another type than the API document says: a policy that reads it, a forbid above all, would then not act as written.
 * @param action whose resource it is
 */
export async function findResource(
  { model, resources }: Pick<Kit, 'model' | 'resources'>,
  { row }: Identity,
  { tenant, database }: TenantRows,
  action: string,
  { type, id }: ResourceRef,
): Promise<FoundResource | Refusal> {
  const refer = referAs(model, row.slug);
  const route = model.actions[action]?.route;
  if (type === ENDPOINT_TYPE)
    return route && id === action
      ? { ok: true, entity: endpointEntity(action, route, refer), resource: undefined }
      : refuse('RESOURCE_NOT_VISIBLE');
  // By its id alone it may be a row of any of several tenants.
  if (tenant === undefined) return refuse('RESOURCE_NOT_VISIBLE');
  const resource = await resources[type]?.(database, id, tenant);
  if (!resource) return refuse('RESOURCE_NOT_VISIBLE');
  // A loader that reads past row level security (a view, a cache, a table without it) must not reach further than it.
  if (resource.tenant !== undefined && resource.tenant !== tenant) return refuse('RESOURCE_NOT_VISIBLE');
  const types = { ...model.entityTypes[type]!.attributes, ...row.attributes?.[type] };
  const attrs = attributesOf(types, resource, refer);
  if (!attrs) return refuse('RESOURCE_INCOMPLETE');
  const parents = (resource.ancestors ?? []).map((ancestor) => refer(ancestor.type, ancestor.id));
  return { ok: true, entity: { uid: refer(type, id), attrs, parents }, resource };
}

/** The resource of an operation that has none of its own. */
export const endpointEntity = (action: string, { method, path }: Route, refer: Refer): EntityData => ({
  uid: refer(ENDPOINT_TYPE, action),
  attrs: { method, path },
  parents: [],
});

function attributesOf(
  types: Readonly<Record<string, Pick<Attribute, 'type' | 'required'>>>,
  resource: Resource,
  refer: Refer,
): Record<string, CedarJson> | undefined {
  const attrs: Record<string, CedarJson> = {};
  for (const [name, { type, required }] of Object.entries(types)) {
    const given = name === 'tenant' ? resource.tenant : resource.attributes[name];
    if (given === undefined || given === null) {
      if (required) return undefined;
      continue;
    }
    const value = cedarValue(type, given, refer);
    if (value === undefined) return undefined;
    attrs[name] = value;
  }
  return attrs;
}

/** Whether an id out of a body is one that could also stand in a path. */
export const isResourceId = (id: string): boolean =>
  !/\p{Surrogate}/u.test(id) && resourceIdOf(encodeURIComponent(id)).ok;

import { ENDPOINT_TYPE, type EntityType, type Model, type Route } from '../../cedar/model.ts';
import { cedarValue, type Refer } from '../decide/cedar-value.ts';
import type { CedarJson, EntityData } from '../decide/decider.ts';
import type { Database } from './tenant-transaction.ts';

/** A resource as the service's own data have it. */
export interface Resource {
  /** Its tenant. Absent for types that are `tenancy: shared`. */
  readonly tenant?: string;
  /** Attribute -> value, in the types of the API document. Null counts as absent. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Every ancestor, not only the direct ones: the embedded engine sees no other part of the hierarchy. */
  readonly ancestors?: readonly { readonly type: string; readonly id: string }[];
}

/** Finds a resource among the rows of the current tenant; undefined when none is visible. */
export type ResourceLoader = (database: Database, id: string) => Promise<Resource | undefined>;

/** The operation itself, where a request names no resource of its own. */
export const endpointEntity = (action: string, { method, path }: Route, refer: Refer): EntityData => ({
  uid: refer(ENDPOINT_TYPE, action),
  attrs: { method, path },
  parents: [],
});

/**
 * A resource in Cedar's form. Undefined when a required attribute is absent or one is of another type than the API
 * document says: a policy that reads it, a forbid above all, would then not act as written.
 */
export function resourceEntity(
  model: Model,
  type: string,
  id: string,
  resource: Resource,
  refer: Refer,
): EntityData | undefined {
  const declared = model.entityTypes[type];
  const attrs = declared && attributesOf(declared, resource, refer);
  if (!attrs) return undefined;
  const parents = (resource.ancestors ?? []).map((ancestor) => refer(ancestor.type, ancestor.id));
  return { uid: refer(type, id), attrs, parents };
}

function attributesOf(
  { attributes }: EntityType,
  resource: Resource,
  refer: Refer,
): Record<string, CedarJson> | undefined {
  const attrs: Record<string, CedarJson> = {};
  for (const [name, { type, required }] of Object.entries(attributes)) {
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

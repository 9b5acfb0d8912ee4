/**
 * The vocabulary of one API, read from its OpenAPI document: what `npm run schema` writes to
 * `dsl/generated/model.json`, what every Lambda archive carries, and the only thing that handlers know of the API.
 * Names are unqualified (`User`); `namespace` qualifies them.
 */

export type ValueType =
  | { readonly kind: 'String' | 'Long' | 'Bool' | 'ipaddr' | 'decimal' | 'datetime' | 'duration' }
  | { readonly kind: 'Set'; readonly of: ValueType }
  | { readonly kind: 'Record'; readonly attributes: Readonly<Record<string, Attribute>> }
  | { readonly kind: 'Entity'; readonly name: string };

export interface Attribute {
  readonly type: ValueType;
  readonly required: boolean;
  /** May stand in a decision record. */
  readonly log?: true;
  readonly description?: string;
}

/** An attribute of a principal. All of them are known at the gateway: they come from the token or the registry. */
export interface PrincipalAttribute extends Attribute {
  /**
   * Where the value comes from. `claim`: the verified token's claim of that name; `tenant` and `kind`: the registry row.
   * Only reserved attributes (`tenant`, `kind`) come from the registry.
   */
  readonly from:
    | { readonly source: 'claim'; readonly claim: string }
    | { readonly source: 'tenant' | 'kind' };
  /** What token hooks write when a subject has no such attribute. Only for required claims. */
  readonly default?: string | number | boolean;
}

export interface PrincipalType {
  /** The kinds of tenant whose principals are of this type: `saasTenant`, `customerApp`, … Each kind has one type. */
  readonly kinds: readonly string[];
  readonly attributes: Readonly<Record<string, PrincipalAttribute>>;
  /** The type of the values of its tags, where it has tags. Only the backend knows them. */
  readonly tags?: ValueType;
  readonly description?: string;
}

export interface EntityType {
  /** Entity types that may be its parents. */
  readonly parents: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The type of the values of its tags, where it has tags. Only the backend knows them. */
  readonly tags?: ValueType;
  /** `tenant`: every entity belongs to one tenant and has the required attribute `tenant`. */
  readonly tenancy: 'tenant' | 'shared';
  readonly description?: string;
}

/** Where a context attribute comes from. All but `backend` are known at the gateway. */
export type FactSource =
  | { readonly source: 'header' | 'query'; readonly name: string }
  | { readonly source: 'sourceIp' | 'time' | 'backend' };

export interface ContextAttribute extends Attribute {
  readonly from: FactSource;
}

/** How the gateway finds the id of an operation's resource. */
export type ResourceId =
  | { readonly from: 'path'; readonly parameter: string }
  /** Only the backend can find it: the gateway sends the reserved id `-`. */
  | { readonly from: 'backend' }
  /** The operation's own `Endpoint`; its id is the action's name. */
  | { readonly from: 'endpoint' };

export interface Route {
  readonly method: string;
  /** Path template as the document writes it: `/customer/user/{id}`. */
  readonly path: string;
  /** The name in `op`: the operationId, else made of method and path. */
  readonly key: string;
  readonly resource: { readonly type: string; readonly id: ResourceId };
  /** Never answered from a cache. */
  readonly sensitive: boolean;
}

export interface Action {
  /** Groups the action is directly in. */
  readonly groups: readonly string[];
  readonly principals: readonly string[];
  readonly resources: readonly string[];
  readonly context: Readonly<Record<string, ContextAttribute>>;
  /** Absent for a domain action, which is asked by a UI or a backend and is no route. */
  readonly route?: Route;
  readonly description?: string;
}

export interface Model {
  readonly namespace: string;
  readonly principalTypes: Readonly<Record<string, PrincipalType>>;
  readonly entityTypes: Readonly<Record<string, EntityType>>;
  /** Keyed by the action's name: `PUT /customer/user/{id}` or `ViewTransferButton`. */
  readonly actions: Readonly<Record<string, Action>>;
  /** Action groups and the groups each is directly in. */
  readonly actionGroups: Readonly<Record<string, { readonly groups: readonly string[] }>>;
  /** Groups common to all tenants, with the principal types that may be in them. */
  readonly groups: Readonly<
    Record<string, { readonly members: readonly string[]; readonly description?: string }>
  >;
  /** Operations without an authorizer. They are no actions. */
  readonly publicRoutes: readonly { readonly method: string; readonly path: string }[];
}

/** The entity type of principal groups. */
export const GROUP_TYPE = 'Group';
/** The entity type of an operation that names no resource of its own. Attributes: `method`, `path`. */
export const ENDPOINT_TYPE = 'Endpoint';
/** The id that the gateway sends for a resource that only the backend can find. */
export const UNKNOWN_RESOURCE_ID = '-';
/** Attributes that only the pipeline sets, on every principal type. `tenant` also on every entity type of a tenant. */
export const RESERVED_ATTRIBUTES = ['tenant', 'kind', 'suspended'] as const;

// Written by `npx cedarwright import` from photos.cedarschema.
import {
  language,
  type Added,
  type Bool,
  type Datetime,
  type Entity,
  type Ip,
  type Long,
  type Optional,
  type Policy,
  type SchemaFamily,
  type SchemaShape,
  type SetOf,
  type Str,
  type Tagged,
} from '../../../../dsl/language.ts';

// X: what a tenant adds. Only attributes that refer to entities take it.

export type AlbumAttrs = {
  readonly name: Str;
  readonly shared: Bool;
};

/** One picture. */
export type PhotoAttrs<in out X> = {
  readonly name: Str;
  readonly owner: Entity<Schema<X>, 'User'>;
  readonly size: Long;
  readonly tags: SetOf<Str>;
  readonly takenAt: Optional<Datetime, 'takenAt'>;
};

/** Somebody of the family, or a guest. */
export interface UserAttrs<in out X> extends Tagged<Str> {
  /** In years. */
  readonly age: Optional<Long, 'age'>;
  readonly friends: Entity<Schema<X>, 'Group'>;
  readonly level: Long;
  readonly nick: Optional<Str, 'nick'>;
}

export type Entities<X> = {
  Album: AlbumAttrs;
  Group: {};
  Photo: PhotoAttrs<X>;
  User: UserAttrs<X>;
};

export type Parents = {
  Album: 'Album';
  Group: 'Group';
  Photo: 'Album' | 'Photo';
  User: 'Group' | 'User';
};

export interface ViewContext {
  readonly device: Str;
  readonly sourceIp: Optional<Ip, 'sourceIp'>;
}

export interface Nothing {}

export type Contexts = {
  '': Nothing | ViewContext;
  Nothing: Nothing;
  ViewContext: ViewContext;
};

export type Actions = {
  delete: { principal: 'User'; resource: 'Album' | 'Photo'; context: 'Nothing' };
  edit: { principal: 'User'; resource: 'Album' | 'Photo'; context: 'Nothing' };
  /** Look at it. */
  view: { principal: 'User'; resource: 'Album' | 'Photo'; context: 'ViewContext' };
};

export type ActionGroups = {
  read: { principal: 'User'; resource: 'Album' | 'Photo'; context: 'ViewContext' };
};

/** The part that no tenant can change: resolved once. */
export interface SchemaNames extends SchemaShape {
  entityName: keyof Parents;
  principalName: 'User';
  resourceName: 'Album' | 'Photo';
  actionName: keyof Actions;
  actionGroupName: keyof ActionGroups;
  groupName: never;
  groupType: never;
  parents: Parents;
  actions: Actions;
  actionGroups: ActionGroups;
  groups: {};
  contexts: Contexts;
  op: typeof op;
}

export interface Schema<in out X = {}> extends SchemaNames {
  entities: Entities<X> & Added<Schema<X>, X>;
  extension: X;
}

/** The schema, whatever a tenant adds to it. */
export interface Api extends SchemaFamily {
  readonly schema: Schema<this['added']>;
}

/** The actions by name: documented, renamed and found by the editor, which strings are not. */
export const op = {
  delete: 'delete',
  edit: 'edit',
  /** Look at it. */
  view: 'view',
} as const;

/** The names that exist, for when policies are read. They belong to no tenant: ids are printed as they are written. */
export const vocabulary = {
  namespace: 'Photos',
  tenants: false,
  principalTypes: {},
  entityTypes: { Album: {}, Group: {}, Photo: {}, User: {} },
  actions: { delete: {}, edit: {}, read: {}, view: {} },
  actionGroups: { read: {} },
  groups: {},
};

/** What policies are written with. */
export const {
  permit,
  forbid,
  entity,
  actionEntity,
  link,
  value,
  set,
  record,
  ip,
  decimal,
  datetime,
  duration,
} = language<Api>(vocabulary, op);

export type Policies = readonly Policy<{}>[];

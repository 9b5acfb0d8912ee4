// A small API of the tests' own, in exactly the form that `npm run schema` writes.
import type {
  Added,
  Bool,
  Datetime,
  Decimal,
  Duration,
  Entity,
  Ip,
  Long,
  Optional,
  Rec,
  SchemaFamily,
  SchemaShape,
  SetOf,
  Str,
  Tagged,
} from '../../dsl/policy/types.ts';

/** X: what a tenant adds. Only attributes that refer to entities take it. */
export type UserAttrs<in out X> = {
  readonly department: Str;
  readonly age: Long;
  readonly nick: Optional<Str, 'nick'>;
  readonly manager: Entity<Schema<X>, 'User'>;
  readonly tags: SetOf<Str>;
  readonly friends: SetOf<Entity<Schema<X>, 'User'>>;
  readonly folders: SetOf<Entity<Schema<X>, 'Folder'>>;
  readonly house: Optional<Rec<{ readonly door: Long; readonly zip: Optional<Str, 'zip'> }>, 'house'>;
  readonly addr: Rec<{ readonly city: Str; readonly zip: Optional<Str, 'zip'> }>;
};
export type RobotAttrs<in out X> = {
  readonly department: Str;
  readonly nick: Str;
  readonly owner: Entity<Schema<X>, 'User'>;
};
export type CustomerAttrs<in out X> = {
  /** The user accountable for the customer. */
  readonly owner: Entity<Schema<X>, 'User'>;
  readonly public: Bool;
  readonly since: Datetime;
  /** Names that operators have too. */
  readonly in: Str;
  readonly offset: Long;
};
export interface OrderAttrs<in out X> extends Tagged<Str> {
  readonly owner: Entity<Schema<X>, 'User'>;
  readonly total: Long;
  readonly rate: Decimal;
  readonly hold: Duration;
  readonly size: Rec<{ readonly height: Long; readonly width: Long }>;
  readonly sizes: SetOf<Rec<{ readonly height: Long; readonly width: Long }>>;
}
export interface FolderAttrs extends Tagged<Long> {}
export type Entities<X> = {
  User: UserAttrs<X>;
  Robot: RobotAttrs<X>;
  Group: {};
  Customer: CustomerAttrs<X>;
  Order: OrderAttrs<X>;
  Folder: FolderAttrs;
};
export type Parents = {
  User: 'Group';
  Robot: 'Group';
  Group: never;
  Customer: 'Folder';
  Order: 'Customer' | 'Folder';
  Folder: 'Folder';
};
export interface WriteContext {
  readonly ip: Ip;
  readonly mfa: Optional<Bool, 'mfa'>;
  readonly reason: Str;
  readonly now: Datetime;
}
export interface ReadContext {
  readonly ip: Ip;
  readonly depth: Long;
  readonly now: Datetime;
}
export type Contexts = { '': {}; WriteContext: WriteContext; ReadContext: ReadContext };
export type Actions = {
  /** Replace one user of a customer. */
  'PUT /customer/user/{id}': { principal: 'User'; resource: 'Customer'; context: 'WriteContext' };
  'GET /customer/{id}': { principal: 'User' | 'Robot'; resource: 'Customer'; context: 'ReadContext' };
  'GET /order/{id}': { principal: 'User' | 'Robot'; resource: 'Order'; context: 'ReadContext' };
  'POST /order': { principal: 'User'; resource: 'Folder'; context: 'WriteContext' };
};
export type ActionGroups = {
  'customer:read': { principal: 'User' | 'Robot'; resource: 'Customer'; context: 'ReadContext' };
  'customer:write': { principal: 'User'; resource: 'Customer'; context: 'WriteContext' };
};
export type Groups = { admins: 'User'; bots: 'Robot'; staff: 'User' | 'Robot' };
export const op = {
  /** Replace one user of a customer. */
  putCustomerUser: 'PUT /customer/user/{id}',
  getCustomer: 'GET /customer/{id}',
  getOrder: 'GET /order/{id}',
  postOrder: 'POST /order',
} as const;
/** The part that no tenant can change: resolved once. */
export interface SchemaNames extends SchemaShape {
  entityName: keyof Parents;
  principalName: 'User' | 'Robot';
  resourceName: 'Customer' | 'Order' | 'Folder';
  actionName: keyof Actions;
  actionGroupName: keyof ActionGroups;
  groupName: keyof Groups;
  groupType: 'Group';
  parents: Parents;
  actions: Actions;
  actionGroups: ActionGroups;
  groups: Groups;
  contexts: Contexts;
  op: typeof op;
}
export interface Schema<in out X = {}> extends SchemaNames {
  entities: Entities<X> & Added<Schema<X>, X>;
  extension: X;
}
/** The schemas of all tenants, whatever each adds. */
export interface Api extends SchemaFamily {
  readonly schema: Schema<this['added']>;
}

// What `npm run schema` would write for the API of these tests.
import type {
  Added,
  Bool,
  Decimal,
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
} from '../../../dsl/policy/types.ts';

interface UserAttrs<in out X> {
  readonly age: Long;
  readonly department: Str;
  readonly home: Rec<{ readonly city: Str; readonly zip: Optional<Str, 'zip'> }>;
  readonly kind: Str;
  readonly manager: Optional<Entity<Schema<X>, 'User'>, 'manager'>;
  readonly suspended: Bool;
  readonly tenant: Str;
}
interface OrderAttrs<in out X> extends Tagged<Str> {
  readonly labels: SetOf<Str>;
  readonly owner: Entity<Schema<X>, 'User'>;
  readonly rate: Decimal;
  readonly tenant: Str;
  readonly total: Long;
}
interface EndpointAttrs {
  readonly method: Str;
  readonly path: Str;
}
type Entities<X> = {
  User: UserAttrs<X>;
  Robot: { readonly kind: Str };
  Order: OrderAttrs<X>;
  Box: {};
  Shelf: {};
  Endpoint: EndpointAttrs;
  Group: {};
};
type Parents = {
  User: 'Group';
  Robot: 'Group';
  Order: 'Box';
  Box: 'Shelf';
  Shelf: never;
  Endpoint: never;
  Group: never;
};
interface ReadContext {
  readonly ip: Ip;
  readonly reason: Optional<Str, 'reason'>;
  readonly stock: Long;
}
type Actions = {
  'GET /orders': { principal: 'User' | 'Robot'; resource: 'Endpoint'; context: '' };
  'GET /orders/{id}': { principal: 'User' | 'Robot'; resource: 'Order'; context: 'ReadContext' };
  'POST /orders': { principal: 'User'; resource: 'Box'; context: '' };
  ShowButton: { principal: 'User'; resource: 'Order'; context: '' };
};
type ActionGroups = {
  read: { principal: 'User' | 'Robot'; resource: 'Endpoint' | 'Order'; context: '' | 'ReadContext' };
};
export const op = {
  listOrders: 'GET /orders',
  getOrder: 'GET /orders/{id}',
  postOrder: 'POST /orders',
} as const;

interface SchemaNames extends SchemaShape {
  entityName: keyof Parents;
  principalName: 'User' | 'Robot';
  resourceName: 'Order' | 'Box' | 'Endpoint';
  actionName: keyof Actions;
  actionGroupName: keyof ActionGroups;
  groupName: 'admins';
  groupType: 'Group';
  parents: Parents;
  actions: Actions;
  actionGroups: ActionGroups;
  groups: { admins: 'User' };
  contexts: { '': {}; ReadContext: ReadContext };
  op: typeof op;
}
export interface Schema<in out X = {}> extends SchemaNames {
  entities: Entities<X> & Added<Schema<X>, X>;
  extension: X;
}
export interface Api extends SchemaFamily {
  readonly schema: Schema<this['added']>;
}

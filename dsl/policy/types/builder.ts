import type { EntityRef } from './entity.ts';
import type { PolicyTypeError } from './error.ts';
import type { Clauses, Slot } from './policy.ts';
import type { ActionShape, Fitting, SchemaShape } from './schema.ts';

type Once<D, Tag> = [D & Tag] extends [never] ? unknown : PolicyTypeError<[D & Tag, 'is set already']>;
/** A method that can be called while `Tag` is not set: where it takes no argument, the method itself is the error. */
type Unset<D, Tag, Method> = [D & Tag] extends [never]
  ? Method
  : PolicyTypeError<[D & Tag, 'is set already']>;
type PrincipalSet = 'principal type' | 'principal';
type ResourceSet = 'resource type' | 'resource';

/**
 * Not `T & P`: for a T not yet known that makes the compiler look through all actions, at every builder (300 extended
 * tenants: 4.6 s against 3.0 s). Distributes over T, the short side.
 */
type Keep<T, P> = T extends P ? T : never;

/** `unknown` where the action can involve P and R, else the reason. */
type Applies<Id, A extends ActionShape, P, R, D> = 'action' extends D
  ? PolicyTypeError<['action is set already']>
  : [Keep<A['principal'], P>] extends [never]
    ? PolicyTypeError<[Id, 'never has principal', P, 'it applies to', A['principal']]>
    : [Keep<A['resource'], R>] extends [never]
      ? PolicyTypeError<[Id, 'never has resource', R, 'it applies to', A['resource']]>
      : unknown;

/** After a reported mismatch the builder turns permissive: one mistake, one error. */
// oxlint-disable-next-line typescript/no-explicit-any -- only `any` silences what would follow the first error
type OrAny<T> = [T] extends [never] ? any : T;
type Left<T, P> = OrAny<Keep<T, P>>;

/** A tenant's own group may have members of any principal type. */
type Members<S extends SchemaShape, K, P> = K extends S['groupName'] ? Keep<S['groups'][K], P> : P;
type Joins<S extends SchemaShape, K, P, D> = 'principal' extends D
  ? PolicyTypeError<['principal is set already']>
  : [Members<S, K, P>] extends [never]
    ? PolicyTypeError<['group', K, 'has no', P]>
    : unknown;

/** Not in the constraint of `A`: there it would move the error of a wrong element to the list. */
type NotEmpty<A> = A extends readonly [] ? PolicyTypeError<'name at least one action'> : unknown;

/** What an action or a group of actions applies to. */
type ShapeOf<S extends SchemaShape, A> = A extends S['actionName']
  ? S['actions'][A]
  : A extends S['actionGroupName']
    ? S['actionGroups'][A]
    : never;

/**
 * A policy that is being written: scopes in any order, each at most once, then clauses.
 *
 * S: the schema. P, R: the entity types still possible. C: names of contexts. D: what has been set. G: the tenant's
 * own groups, dropped once the principal is set (they cost about 650 instantiations a tenant).
 */
export interface Builder<
  in out S extends SchemaShape,
  in out P extends string,
  in out R extends string,
  in out C extends string,
  in out D,
  in out G,
> extends Clauses<S, P, R, C, D & Slot> {
  /**
   * Exactly this principal: `permit().principal(entity('User', 'u1'))` prints
   * `permit (principal == Shop::User::"acme|u1", action, resource);`.
   */
  principal<T extends P>(
    entity: EntityRef<T> & Once<D, PrincipalSet>,
  ): Builder<S, T, R, C, D | PrincipalSet, never>;
  /**
   * Any principal of one type: `permit().principalIs('User')` prints
   * `permit (principal is Shop::User, action, resource);`.
   */
  principalIs<T extends P>(type: T & Once<D, 'principal type'>): Builder<S, T, R, C, D | 'principal type', G>;
  /**
   * Members of a group, common or the tenant's own: `permit().principalInGroup('staff')` prints
   * `permit (principal in Shop::Group::"acme|staff", action, resource);`. A common group of one principal type also
   * narrows to it: `permit().principalInGroup('admins')` prints
   * `permit (principal is Shop::User in Shop::Group::"acme|admins", action, resource);`.
   */
  principalInGroup<K extends S['groupName'] | G>(
    group: K & Joins<S, K, P, D>,
  ): Builder<S, OrAny<Members<S, K, P>>, R, C, D | 'principal', never>;
  /**
   * The ancestor or anything below it: `permit().principalIn(group('admins'))` prints
   * `permit (principal in Shop::Group::"acme|admins", action, resource);`.
   */
  principalIn(
    ancestor: EntityRef<S['parents'][P] | P> & Once<D, 'principal'>,
  ): Builder<S, P, R, C, D | 'principal', never>;
  /**
   * A template: `link` fills in the principal. `permit().principalSlot()` prints
   * `permit (principal == ?principal, action, resource);`.
   */
  readonly principalSlot: Unset<
    D,
    PrincipalSet,
    () => Builder<S, P, R, C, D | PrincipalSet | '?principal', never>
  >;
  /**
   * A template: `link` fills in the group that the principal must be in. `permit().principalInSlot()` prints
   * `permit (principal in ?principal, action, resource);`.
   */
  readonly principalInSlot: Unset<
    D,
    'principal',
    () => Builder<S, P, R, C, D | 'principal' | 'in ?principal', never>
  >;
  // What the four that name actions return is spelt out: behind an alias the compiler makes a builder for every action,
  // not one for all that involve the same, which was 9% of the instantiations of 1,000 policies.
  /**
   * One action: `permit().action('POST /order')` prints
   * `permit (principal, action == Shop::Action::"POST /order", resource);`. `op` has the same names, documented:
   * `permit().action(op.postOrder)` prints `permit (principal, action == Shop::Action::"POST /order", resource);`.
   */
  action<A extends S['actionName']>(
    action: A & Applies<A, S['actions'][A], P, R, D>,
  ): Builder<
    S,
    Left<S['actions'][A]['principal'], P>,
    Left<S['actions'][A]['resource'], R>,
    S['actions'][A]['context'],
    D | 'action',
    G
  >;
  /**
   * Any of several: `permit().actions(['GET /order/{id}', 'POST /order'])` prints
   * `permit (principal, action in [Shop::Action::"GET /order/{id}", Shop::Action::"POST /order"], resource);`.
   */
  actions<const A extends readonly S['actionName'][]>(
    actions: A &
      NotEmpty<A> &
      (S['actions'][A[number]] extends Fitting<P, R, D>
        ? unknown
        : {
            readonly [I in keyof A]: A[I] & Applies<A[I], S['actions'][A[I]], P, R, D>;
          }),
  ): Builder<
    S,
    Left<S['actions'][A[number]]['principal'], P>,
    Left<S['actions'][A[number]]['resource'], R>,
    S['actions'][A[number]]['context'],
    D | 'action',
    G
  >;
  /**
   * Any action of a group: `permit().actionInGroup('customer:write')` prints
   * `permit (principal, action in Shop::Action::"customer:write", resource);`.
   */
  actionInGroup<A extends S['actionGroupName']>(
    group: A & Applies<A, S['actionGroups'][A], P, R, D>,
  ): Builder<
    S,
    Left<S['actionGroups'][A]['principal'], P>,
    Left<S['actionGroups'][A]['resource'], R>,
    S['actionGroups'][A]['context'],
    D | 'action',
    G
  >;
  /**
   * Groups and single actions together: `permit().actionIn(['customer:read', 'GET /order/{id}'])` prints
   * `permit (principal, action in [Shop::Action::"customer:read", Shop::Action::"GET /order/{id}"], resource);`.
   */
  actionIn<const A extends readonly (S['actionName'] | S['actionGroupName'])[]>(
    actions: A &
      NotEmpty<A> &
      (ShapeOf<S, A[number]> extends Fitting<P, R, D>
        ? unknown
        : {
            readonly [I in keyof A]: A[I] & Applies<A[I], ShapeOf<S, A[I]>, P, R, D>;
          }),
  ): Builder<
    S,
    Left<ShapeOf<S, A[number]>['principal'], P>,
    Left<ShapeOf<S, A[number]>['resource'], R>,
    ShapeOf<S, A[number]>['context'],
    D | 'action',
    G
  >;
  /**
   * Exactly this resource: `permit().resource(entity('Order', '7'))` prints
   * `permit (principal, action, resource == Shop::Order::"7");`.
   */
  resource<T extends R>(entity: EntityRef<T> & Once<D, ResourceSet>): Builder<S, P, T, C, D | ResourceSet, G>;
  /**
   * Any resource of one type: `permit().resourceIs('Order')` prints
   * `permit (principal, action, resource is Shop::Order);`.
   */
  resourceIs<T extends R>(type: T & Once<D, 'resource type'>): Builder<S, P, T, C, D | 'resource type', G>;
  /**
   * The ancestor or anything below it: `permit().resourceIn(entity('Folder', 'f'))` prints
   * `permit (principal, action, resource in Shop::Folder::"f");`. With a type beside it:
   * `permit().resourceIs('Order').resourceIn(entity('Folder', 'f'))` prints
   * `permit (principal, action, resource is Shop::Order in Shop::Folder::"f");`.
   */
  resourceIn(
    ancestor: EntityRef<S['parents'][R] | R> & Once<D, 'resource'>,
  ): Builder<S, P, R, C, D | 'resource', G>;
  /**
   * A template: `link` fills in the resource. `permit().resourceSlot()` prints
   * `permit (principal, action, resource == ?resource);`.
   */
  readonly resourceSlot: Unset<D, ResourceSet, () => Builder<S, P, R, C, D | ResourceSet | '?resource', G>>;
  /**
   * A template: `link` fills in the entity that the resource must be in.
   * `permit().resourceIs('Order').resourceInSlot()` prints
   * `permit (principal, action, resource is Shop::Order in ?resource);`.
   */
  readonly resourceInSlot: Unset<
    D,
    'resource',
    () => Builder<S, P, R, C, D | 'resource' | 'in ?resource', G>
  >;
}

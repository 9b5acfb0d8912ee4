import type { Bool } from './bool.ts';
import type { PolicyTypeError } from './error.ts';
import type { kind } from './expression.ts';
import type { Optional } from './optional.ts';
import type { SchemaShape } from './schema.ts';
import type { Alternative, Branch, ElementsIn, Lifted } from './set.ts';
import type { Str } from './string.ts';

declare const entityType: unique symbol;
declare const comparable: unique symbol;
declare const named: unique symbol;
declare const tags: unique symbol;

/**
 * An entity that may be of type `N`. A method, because those are compared in both directions: a principal that is a
 * user or a robot may equal an owner that is a user. Entities that never can are still told apart.
 */
export interface Comparable<N> {
  [comparable](type: N): void;
}

/** Anything that is one entity of type `N`. It does not extend `Comparable`: that would cost 19 instantiations an entity type. */
export interface Typed<out N> {
  readonly [entityType]: N;
  [comparable](type: N): void;
}

/** An entity named by type and id, as scopes and links want it: `entity('Folder', 'f')`. */
export interface EntityRef<out N> extends Typed<N>, Named {}

interface Named {
  readonly [named]: true;
}

/** Cedar wants all elements of a list to be of one type. */
type OneType<A, All = A> = [A] extends [never]
  ? unknown
  : A extends unknown
    ? [All] extends [A]
      ? unknown
      : PolicyTypeError<['one list holds', All, 'together: write .in([a]).or(x.in([b]))']>
    : never;

/** Attribute names of all members of a union. */
export type NameIn<U> = U extends unknown ? keyof U & string : never;
/** The attribute as it is once known to be present. */
export type ValueIn<U, K> = U extends unknown ? (K extends keyof U ? Reached<U[K]> : never) : never;
type Reached<V> = V extends Optional<infer E, string> ? E : V;
type RawIn<U, K> = U extends unknown ? (K extends keyof U ? U[K] : never) : never;

/** Attributes of an entity type that has tags, all with values of type `V`. */
export interface Tagged<out V> {
  readonly [tags]: V;
}
type TagOf<U> = U extends Tagged<infer V> ? V : never;
type TagKey<U, N> = [TagOf<U>] extends [never]
  ? PolicyTypeError<[N, 'has no tags: declare their type in the API, x-authz: { tags: … }']>
  : Str | string;

/**
 * Operators of an entity. Attributes are beside them; one with an operator's name is reached through `.attr('in')`.
 * `N` may be a union: one signature, not a union of signatures. An alias, and in one piece, since the compiler makes a
 * generic interface and what it extends anew for every intersection that it stands in: 10% of the instantiations of
 * 1,000 policies.
 */
export type EntityOps<in out S extends SchemaShape, in out N extends string> = {
  readonly [kind]: 'Entity';
  /** Only in the type: see `Expr`. */
  then(onfulfilled: (value: never) => unknown): never;
  readonly [entityType]: N;
  [comparable](type: N): void;
  /** `resource.owner.eq(principal)` prints `resource.owner == principal`. */
  eq(other: Comparable<N>): Bool;
  /** `resource.owner.ne(entity('User', 'u1'))` prints `resource.owner != Shop::User::"acme|u1"`. */
  ne(other: Comparable<N>): Bool;
  /**
   * Whether it is the ancestor or below it: `resource.in(entity('Folder', 'f'))` prints `resource in Shop::Folder::"f"`;
   * `resource.in([entity('Folder', 'f'), entity('Folder', 'g')])` prints
   * `resource in [Shop::Folder::"f", Shop::Folder::"g"]`. A set of entities may be an attribute too.
   */
  in<A extends S['parents'][N] | N = never>(
    ancestor:
      | Comparable<S['parents'][N] | N>
      | ElementsIn<Comparable<S['parents'][N] | N>>
      | (readonly [Typed<A>, ...Typed<A>[]] & OneType<A>),
  ): Bool;
  /**
   * Narrows to one type: `principal.is('Robot', (robot) => robot.owner.eq(resource.owner))` prints
   * `principal is Shop::Robot && principal.owner == resource.owner`;
   * `principal.is('Robot')` prints `principal is Shop::Robot`.
   */
  is<T extends N>(type: T, test?: (narrowed: Entity<S, T>) => Bool): Bool;
  /**
   * The type and an ancestor in one test: `principal.isIn('User', group('staff'))` prints
   * `principal is Shop::User in Shop::Group::"acme|staff"`. A test may follow, as in `is`.
   */
  isIn<T extends N, A extends S['parents'][T] | T = never>(
    type: T,
    ancestor:
      | Comparable<S['parents'][T] | T>
      | ElementsIn<Comparable<S['parents'][T] | T>>
      | (readonly [Typed<A>, ...Typed<A>[]] & OneType<A>),
    test?: (narrowed: Entity<S, T>) => Bool,
  ): Bool;
  /**
   * A value of any type, by the type of the entity:
   * `principal.ifIs('User', (user) => user.manager, (robot) => robot.owner).eq(resource.owner)` prints
   * `(if principal is Shop::User then principal.manager else principal.owner) == resource.owner`.
   */
  ifIs<T extends N, R extends Branch>(
    type: T,
    yes: (narrowed: Entity<S, T>) => R,
    no: (other: Entity<S, Exclude<N, T>>) => Alternative<R>,
  ): Lifted<R>;
  /**
   * Reaches an attribute that is optional, or that only some of the possible types have:
   * `principal.has('age', (age) => age.gt(17))` prints `principal has age && principal.age > 17`;
   * `principal.has('age')` prints `principal has age`.
   */
  has<K extends NameIn<S['entities'][N]>>(
    attribute: K,
    test?: (value: ValueIn<S['entities'][N], K>) => Bool,
  ): Bool;
  /**
   * A value of any type, from the attribute where it is present:
   * `principal.ifHas('age', (age) => age, 0).gt(17)` prints
   * `(if principal has age then principal.age else 0) > 17`.
   */
  ifHas<K extends NameIn<S['entities'][N]>, R extends Branch>(
    attribute: K,
    present: (value: ValueIn<S['entities'][N], K>) => R,
    absent: Alternative<R>,
  ): Lifted<R>;
  /** An attribute by name: `resource.attr('in').eq('x')` prints `resource["in"] == "x"`. */
  attr<K extends keyof S['entities'][N] & string>(attribute: K): RawIn<S['entities'][N], K>;
  /**
   * An attribute that is optional, or that only some of the possible types have, where a test that stands elsewhere
   * guards it, out of a callback's reach; Cedar's validator says if none does: `principal.guarded('age').gt(17)` prints
   * `principal.age > 17`.
   */
  guarded<K extends NameIn<S['entities'][N]>>(attribute: K): ValueIn<S['entities'][N], K>;
  /**
   * `resource.hasTag('secret')` prints `resource.hasTag("secret")`;
   * `resource.hasTag(principal.department)` prints `resource.hasTag(principal.department)`.
   */
  hasTag(key: TagKey<S['entities'][N], N>): Bool;
  /**
   * Reaches the value of a tag: `resource.tag('team', (team) => team.eq(principal.department))` prints
   * `resource.hasTag("team") && resource.getTag("team") == principal.department`.
   */
  tag(key: TagKey<S['entities'][N], N>, test: (value: TagOf<S['entities'][N]>) => Bool): Bool;
  /**
   * A value of any type, from the tag where there is one: `resource.ifTag('team', (team) => team, 'none').ne('x')` prints
   * `(if resource.hasTag("team") then resource.getTag("team") else "none") != "x"`.
   */
  ifTag<R extends Branch>(
    key: TagKey<S['entities'][N], N>,
    present: (value: TagOf<S['entities'][N]>) => R,
    absent: Alternative<R>,
  ): Lifted<R>;
  /**
   * The value of a tag, where a test that stands elsewhere guards it: `resource.guardedTag('team').eq('x')` prints
   * `resource.getTag("team") == "x"`.
   */
  guardedTag(key: TagKey<S['entities'][N], N>): TagOf<S['entities'][N]>;
};

/** Attributes of a union of entity types are the common ones: plain union property access, no computed types. */
export type Entity<S extends SchemaShape, N extends string> = EntityOps<S, N> & S['entities'][N];

/** An entity named in a policy: a scope or link may name it, and a condition may use it as any other. */
export type NamedEntity<S extends SchemaShape, N extends string> = Named & Entity<S, N>;

import type { Bool } from './bool.ts';
import type { Expr } from './expression.ts';
import type { Optional } from './optional.ts';
import type { SchemaShape } from './schema.ts';

declare const entityType: unique symbol;

/** Anything that is one entity of type `N`. */
export interface Typed<out N> {
  readonly [entityType]: N;
}

/** An entity named by type and id: `entity('Folder', 'f')`. */
export interface EntityRef<out N> extends Typed<N> {
  readonly id: string;
}

/** Attribute names of all members of a union. */
export type NameIn<U> = U extends unknown ? keyof U & string : never;
/** The attribute as it is once known to be present. */
export type ValueIn<U, K> = U extends unknown ? (K extends keyof U ? Present<U[K]> : never) : never;
type Present<V> = V extends Optional<infer E, string> ? E : V;
type RawIn<U, K> = U extends unknown ? (K extends keyof U ? U[K] : never) : never;

/** Free of the schema, hence shared by all tenants. `N` may be a union: one signature, not a union of signatures. */
export interface EntityTests<in out N, in out Ancestors> extends Expr<'Entity'>, Typed<N> {
  /** `resource.owner.eq(principal)` prints `resource.owner == principal`. */
  eq(other: Typed<N>): Bool;
  ne(other: Typed<N>): Bool;
  /** Is it the ancestor or below it: `resource.in(entity('Folder', 'f'))` prints `resource in Shop::Folder::"f"`. */
  in(ancestor: Typed<Ancestors> | readonly Typed<Ancestors>[]): Bool;
}

/** Operators of an entity. Attributes are beside them; one with an operator's name is reached through `.attr('in')`. */
export interface EntityOps<in out S extends SchemaShape, in out N extends string> extends EntityTests<
  N,
  S['parents'][N]
> {
  /**
   * Narrows to one type: `principal.is('Robot', (robot) => robot.owner.eq(resource.owner))` prints
   * `principal is Shop::Robot && principal.owner == resource.owner`.
   */
  is<T extends N>(type: T, test?: (narrowed: Entity<S, T>) => Bool): Bool;
  /**
   * Reaches an attribute that is optional, or that only some of the possible types have:
   * `principal.has('age', (age) => age.gt(17))` prints `principal has age && principal.age > 17`.
   */
  has<K extends NameIn<S['entities'][N]>>(
    attribute: K,
    test?: (value: ValueIn<S['entities'][N], K>) => Bool,
  ): Bool;
  /** An attribute by name: `resource.attr('in')` prints `resource["in"]`. */
  attr<K extends keyof S['entities'][N] & string>(attribute: K): RawIn<S['entities'][N], K>;
}

/** Attributes of a union of entity types are the common ones: plain union property access, no computed types. */
export type Entity<S extends SchemaShape, N extends string> = EntityOps<S, N> & S['entities'][N];

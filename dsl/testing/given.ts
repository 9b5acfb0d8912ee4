import type { NameIn, ValueIn } from '../policy/types/entity.ts';
import type { Bool, Long, Optional, RecordOps, SchemaShape, SetOf, Tagged, Typed } from '../policy/types.ts';

/**
 * Which policies answer: `backend` the whole ones, on everything; `gateway` the part of them that is decided before the
 * resource is known.
 */
export type Phase = 'gateway' | 'backend';

/** An attribute's value as a test writes it: an entity by its id, extension types (ip, datetime, …) as text. */
export type Plain<E> =
  E extends Optional<infer V, string>
    ? Plain<V>
    : E extends SetOf<infer M>
      ? readonly Plain<M>[]
      : E extends Long
        ? number | bigint
        : E extends Bool
          ? boolean
          : E extends Typed<unknown>
            ? string
            : E extends RecordOps<infer U>
              ? Values<U>
              : string;

type Names<U> = keyof U & string;
type OptionalNames<U> = {
  [K in Names<U>]: U[K] extends Optional<infer _, string> ? K : never;
}[Names<U>];
/** Filled in by the test where it is not given, as the pipeline does. */
type Reserved = 'tenant' | 'kind' | 'suspended';

/** All values of a type's attributes; `May`: names that may be left out. */
type Values<U, May = OptionalNames<U>> = { readonly [K in Exclude<Names<U>, May>]: Plain<U[K]> } & {
  readonly [K in Names<U> & May]?: Plain<U[K]>;
};
/** Where the entity type has tags. */
type Tags<U> = U extends Tagged<infer V> ? { readonly tags?: { readonly [tag: string]: Plain<V> } } : {};

/** The attributes of a resource. The gateway knows none of them, so tests of its part need not give any. */
export type Attributes<S extends SchemaShape, N extends string, P extends Phase = 'backend'> = Values<
  S['entities'][N],
  P extends 'gateway' ? keyof S['entities'][N] : OptionalNames<S['entities'][N]> | Reserved
>;

interface Named<S extends SchemaShape, N> {
  readonly type: N;
  /** Left out where it does not matter. */
  readonly id?: string;
  /** All its ancestors, at any distance, as a service's own data give them. */
  readonly parents?: readonly { readonly type: S['entityName']; readonly id: string }[];
}

/** A resource that a test asks about. `tenant` is the tenant under test, where nothing else is said. */
export type Resource<S extends SchemaShape, N extends string, P extends Phase = 'backend'> = N extends unknown
  ? N extends 'Endpoint'
    ? { readonly type: N }
    : Named<S, N> &
        Tags<S['entities'][N]> &
        ({} extends Attributes<S, N, P>
          ? { readonly attributes?: Attributes<S, N, P> }
          : { readonly attributes: Attributes<S, N, P> })
  : never;

/**
 * Who asks: one of the tenant file's users by name, or somebody made for the test. `user` takes a user's groups and
 * attributes as they are, but for those given beside it.
 */
export type Principal<S extends SchemaShape, N extends string> = string | OfKind<S, N> | OfType<S, N>;

interface Somebody<S extends SchemaShape> {
  readonly user?: string;
  readonly id?: string;
  readonly groups?: readonly (S['groupName'] | (string & {}))[];
}
/** Of the type that the tenant's kind has, which only the tenant file says. */
interface OfKind<S extends SchemaShape, N extends string> extends Somebody<S> {
  readonly type?: never;
  readonly attributes?: {
    readonly [K in NameIn<S['entities'][N]>]?: Plain<ValueIn<S['entities'][N], K>>;
  };
}
type OfType<S extends SchemaShape, N extends string> = N extends unknown
  ? Somebody<S> &
      Tags<S['entities'][N]> & {
        readonly type: N;
        readonly attributes?: Values<S['entities'][N], keyof S['entities'][N]>;
      }
  : never;

/** A record without attributes: a value that has some does not fit. */
type Nothing = { readonly [name: string]: never };

export type Context<
  S extends SchemaShape,
  C extends string,
  P extends Phase,
> = keyof S['contexts'][C] extends never
  ? Nothing
  : Values<S['contexts'][C], P extends 'gateway' ? keyof S['contexts'][C] : OptionalNames<S['contexts'][C]>>;

/** What is asked about besides who and what: required where the action needs it. An operation can be its own resource. */
export type About<
  S extends SchemaShape,
  A extends S['actionName'],
  P extends Phase,
> = S['actions'][A] extends { resource: infer R extends string; context: infer C extends string }
  ? 'Endpoint' extends R
    ? {} extends Context<S, C, P>
      ? readonly [resource?: Resource<S, R, P> | undefined, context?: Context<S, C, P>]
      : readonly [resource: Resource<S, R, P> | undefined, context: Context<S, C, P>]
    : {} extends Context<S, C, P>
      ? readonly [resource: Resource<S, R, P>, context?: Context<S, C, P>]
      : readonly [resource: Resource<S, R, P>, context: Context<S, C, P>]
  : never;

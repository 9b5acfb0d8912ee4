import type { Bool } from './bool.ts';
import type { Typed } from './entity.ts';
import type { PolicyTypeError } from './error.ts';
import type { Present, Value } from './expression.ts';
import type { Long } from './long.ts';
import type { RecordLiteral, RecordOps } from './record.ts';
import type { Str } from './string.ts';

declare const element: unique symbol;

/** What may be written where an `E` is wanted: the expression or a JavaScript literal. */
export type Like<E> = E extends Str
  ? Str | string
  : E extends Long
    ? Long | number | bigint
    : E extends Bool
      ? Bool | boolean
      : E extends Typed<infer N>
        ? Typed<N>
        : E extends ElementsIn<infer I>
          ? ElementsIn<Like<I>> | Elements<I>
          : E extends RecordOps<infer U>
            ? RecordOps<U> | RecordLiteral<U>
            : E;

/** The expression that a JavaScript literal becomes. */
export type Lifted<L> = L extends string
  ? Str
  : L extends number | bigint
    ? Long
    : L extends boolean
      ? Bool
      : L extends Present
        ? L
        : never;

/**
 * A branch of `if`. No booleans: `!a` and `a === b` are ones, and say nothing of the request.
 */
export type Branch = Present | string | number | bigint;
/** What is said of a boolean where a branch is wanted. */
export type NoBoolean<B> = B extends boolean
  ? PolicyTypeError<'JavaScript makes booleans of !a and a === b: write value(true) or value(false) to mean one'>
  : unknown;
/** What may be the other branch. */
export type Alternative<B> = NoInfer<Exclude<Like<Lifted<B>>, boolean>>;

/** A list that is never empty: Cedar's strict validation forbids `[]`. */
export type Elements<E> = readonly [Like<E>, ...Like<E>[]];

/** Any set with such elements. Apart from `SetOf`, which is invariant to stay cheap to compare. */
export interface ElementsIn<out E> {
  readonly [element]: E;
}

/** A set. Its elements are all of one type, and it never says how many they are. */
export interface SetOf<in out E> extends Value<'Set'>, ElementsIn<E> {
  /** `principal.tags.eq(['x'])` prints `principal.tags == ["x"]`. */
  eq(other: ElementsIn<Like<E>> | Elements<E>): Bool;
  /** `principal.tags.ne(['x'])` prints `principal.tags != ["x"]`. */
  ne(other: ElementsIn<Like<E>> | Elements<E>): Bool;
  /** `principal.tags.contains('x')` prints `principal.tags.contains("x")`. */
  contains(element: Like<E>): Bool;
  /** `principal.tags.containsAll(['x', 'y'])` prints `principal.tags.containsAll(["x", "y"])`. */
  containsAll(elements: ElementsIn<Like<E>> | Elements<E>): Bool;
  /** `principal.friends.containsAny([resource.owner])` prints `principal.friends.containsAny([resource.owner])`. */
  containsAny(elements: ElementsIn<Like<E>> | Elements<E>): Bool;
  /** `principal.tags.isEmpty()` prints `principal.tags.isEmpty()`. */
  isEmpty(): Bool;
}

import type { Bool } from './bool.ts';
import type { Typed } from './entity.ts';
import type { Expr, Value } from './expression.ts';
import type { Long } from './long.ts';
import type { Str } from './string.ts';

/** What may be written where an `E` is wanted: the expression or a JavaScript literal. */
export type Like<E> = E extends Str
  ? Str | string
  : E extends Long
    ? Long | number | bigint
    : E extends Bool
      ? Bool | boolean
      : E extends Typed<infer N>
        ? Typed<N>
        : E;

/** The expression that a JavaScript literal becomes. */
export type Lifted<L> = L extends string
  ? Str
  : L extends number | bigint
    ? Long
    : L extends boolean
      ? Bool
      : L extends Expr<string>
        ? L
        : never;

/** A list that is never empty: Cedar's strict validation forbids `[]`. */
export type Elements<E> = readonly [Like<E>, ...Like<E>[]];

export interface SetOf<in out E> extends Value<'Set'> {
  eq(other: SetOf<E> | Elements<E>): Bool;
  ne(other: SetOf<E> | Elements<E>): Bool;
  /** `principal.tags.contains('x')` prints `principal.tags.contains("x")`. */
  contains(element: Like<E>): Bool;
  /** `principal.tags.containsAll(['x', 'y'])` prints `principal.tags.containsAll(["x", "y"])`. */
  containsAll(elements: SetOf<E> | Elements<E>): Bool;
  containsAny(elements: SetOf<E> | Elements<E>): Bool;
  isEmpty(): Bool;
}

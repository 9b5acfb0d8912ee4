import type { Bool } from './bool.ts';
import type { NameIn, ValueIn } from './entity.ts';
import type { PolicyTypeError } from './error.ts';
import type { Expr } from './expression.ts';
import type { Alternative, Branch, Lifted, Like } from './set.ts';

/** A record written out. Cedar tells its type by what is in it, so none is like a record with optional attributes. */
export type RecordLiteral<U> = {
  readonly [K in keyof U]: U[K] extends Expr<'Optional'>
    ? PolicyTypeError<
        [K, 'is optional: Cedar compares such a record with another of its type, not with a literal']
      >
    : Like<U[K]>;
};

/** Operators of a record. Attributes are beside them; one with an operator's name is reached through `.attr('eq')`. */
export interface RecordOps<in out U> extends Expr<'Record'> {
  /** `resource.size.eq({ height: 1, width: 2 })` prints `resource.size == {"height": 1, "width": 2}`. */
  eq(other: RecordOps<U> | RecordLiteral<U>): Bool;
  /** `resource.size.ne({ height: 1, width: 2 })` prints `resource.size != {"height": 1, "width": 2}`. */
  ne(other: RecordOps<U> | RecordLiteral<U>): Bool;
  /**
   * Reaches an attribute that is optional, or that only some of the actions have:
   * `context.has('mfa', (mfa) => mfa)` prints `context has mfa && context.mfa`;
   * `context.has('mfa')` prints `context has mfa`.
   */
  has<K extends NameIn<U>>(attribute: K, test?: (value: ValueIn<U, K>) => Bool): Bool;
  /**
   * A value of any type, from the attribute where it is present:
   * `context.ifHas('depth', (depth) => depth, 0).lt(3)` prints
   * `(if context has depth then context.depth else 0) < 3`.
   */
  ifHas<K extends NameIn<U>, R extends Branch>(
    attribute: K,
    present: (value: ValueIn<U, K>) => R,
    absent: Alternative<R>,
  ): Lifted<R>;
  /** An attribute by name: `principal.addr.attr('city').eq('x')` prints `principal.addr.city == "x"`. */
  attr<K extends keyof U & string>(attribute: K): U[K];
  /**
   * An attribute that is optional, or that only some of the actions have, where a test that stands elsewhere guards it,
   * out of a callback's reach; Cedar's validator says if none does: `context.guarded('mfa')` prints `context.mfa`.
   */
  guarded<K extends NameIn<U>>(attribute: K): ValueIn<U, K>;
}

/** A record, the context among them: its attributes and the operators. */
export type Rec<U> = RecordOps<U> & U;

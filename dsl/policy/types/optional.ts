import type { Bool } from './bool.ts';
import type { PolicyTypeError } from './error.ts';
import type { Expr } from './expression.ts';
import type { Alternative, Branch, Lifted, Like } from './set.ts';

/** Operators of the value, for the compiler to say why they are not there. */
interface Untested<out Message> {
  /** @deprecated the attribute may be absent */
  readonly eq: PolicyTypeError<Message>;
  /** @deprecated the attribute may be absent */
  readonly ne: PolicyTypeError<Message>;
  /** @deprecated the attribute may be absent */
  readonly lt: PolicyTypeError<Message>;
  /** @deprecated the attribute may be absent */
  readonly lte: PolicyTypeError<Message>;
  /** @deprecated the attribute may be absent */
  readonly gt: PolicyTypeError<Message>;
  /** @deprecated the attribute may be absent */
  readonly gte: PolicyTypeError<Message>;
  /** @deprecated the attribute may be absent */
  readonly like: PolicyTypeError<Message>;
  /** @deprecated the attribute may be absent */
  readonly contains: PolicyTypeError<Message>;
  /** @deprecated the attribute may be absent */
  readonly in: PolicyTypeError<Message>;
  /** @deprecated the attribute may be absent */
  readonly and: PolicyTypeError<Message>;
  /** @deprecated the attribute may be absent */
  readonly or: PolicyTypeError<Message>;
  /** @deprecated the attribute may be absent */
  readonly not: PolicyTypeError<Message>;
  /** @deprecated the attribute may be absent */
  readonly ifElse: PolicyTypeError<Message>;
}

/**
 * An attribute that may be absent. Cedar refuses to read one without a test, and so does this: the value is reachable
 * only through one. `Name` must stay covariant, or `infer` does not see it.
 */
export interface Optional<in out E, out Name extends string>
  extends
    Expr<'Optional'>,
    Untested<`'${Name}' is optional: write .${Name}.has(v => v.eq(...)) or .${Name}.orElse(...)`> {
  /** `principal.nick.exists()` prints `principal has nick`. */
  exists(): Bool;
  /** `principal.nick.has((nick) => nick.eq('x'))` prints `principal has nick && principal.nick == "x"`. */
  has(test: (value: E) => Bool): Bool;
  /** `principal.nick.orElse('x').ne('y')` prints `(if principal has nick then principal.nick else "x") != "y"`. */
  orElse(fallback: Like<E>): E;
  /**
   * A value of any type, from the attribute where it is present:
   * `principal.nick.ifPresent((nick) => nick.like('a*'), principal.age.gt(17))` prints
   * `if principal has nick then principal.nick like "a*" else principal.age > 17`.
   */
  ifPresent<R extends Branch>(present: (value: E) => R, absent: Alternative<R>): Lifted<R>;
  /**
   * The value where a test that stands elsewhere guards it, out of a callback's reach; Cedar's validator says if none
   * does: `principal.nick.guarded().eq('x')` prints `principal.nick == "x"`.
   */
  guarded(): E;
}

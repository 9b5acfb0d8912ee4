import type { Bool } from './bool.ts';
import type { PolicyTypeError } from './error.ts';
import type { Expr } from './expression.ts';
import type { Like } from './set.ts';

/**
 * An attribute that may be absent. Cedar refuses to read one without a test, and so does this: the value is reachable
 * only through one. `Name` must stay covariant, or `infer` does not see it.
 */
export interface Optional<in out E, out Name extends string> extends Expr<'Optional'> {
  /** `principal.nick.exists()` prints `principal has nick`. */
  exists(): Bool;
  /** `principal.nick.has((nick) => nick.eq('x'))` prints `principal has nick && principal.nick == "x"`. */
  has(test: (value: E) => Bool): Bool;
  /** `principal.nick.orElse('x')` prints `if principal has nick then principal.nick else "x"`. */
  orElse(fallback: Like<E>): E;
  readonly eq: PolicyTypeError<`'${Name}' is optional: write .${Name}.has(v => v.eq(...)) or .${Name}.orElse(...)`>;
}

import type { Value } from './expression.ts';
import type { Alternative, Branch, Lifted, NoBoolean } from './set.ts';

/** A condition. In `when` and `unless` it decides by itself. */
export interface Bool extends Value<'Bool'> {
  /** `resource.public.eq(true)` prints `resource.public == true`. */
  eq(other: Bool | boolean): Bool;
  /** `resource.public.ne(false)` prints `resource.public != false`. */
  ne(other: Bool | boolean): Bool;
  /**
   * All of them: `resource.public.and(principal.age.gt(17), principal.age.lt(70))` prints
   * `resource.public && principal.age > 17 && principal.age < 70`.
   */
  and(first: Bool, ...rest: readonly Bool[]): Bool;
  /** At least one of them: `resource.public.or(principal.age.gt(17))` prints `resource.public || principal.age > 17`. */
  or(first: Bool, ...rest: readonly Bool[]): Bool;
  /** `resource.public.not()` prints `!resource.public`. */
  not(): Bool;
  /**
   * One of two values of the same type: `resource.public.ifElse(principal.age, 0).lt(18)` prints
   * `(if resource.public then principal.age else 0) < 18`.
   */
  ifElse<B extends Branch | boolean>(yes: B & NoBoolean<B>, no: Alternative<B>): Lifted<B>;
}

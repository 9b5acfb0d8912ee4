import type { Expr, Value } from './expression.ts';

export interface Bool extends Value<'Bool'> {
  /** `resource.public.eq(true)` prints `resource.public == true`. */
  eq(other: Bool | boolean): Bool;
  /** `resource.public.ne(resource.archived)` prints `resource.public != resource.archived`. */
  ne(other: Bool | boolean): Bool;
  /** All of them: `a.and(b, c)` prints `a && b && c`. */
  and(first: Bool, ...rest: readonly Bool[]): Bool;
  /** At least one of them: `a.or(b, c)` prints `a || b || c`. */
  or(first: Bool, ...rest: readonly Bool[]): Bool;
  /** `resource.public.not()` prints `!resource.public`. */
  not(): Bool;
  /** `a.ifElse(b, c)` prints `if a then b else c`. */
  ifElse<E extends Expr<string>>(yes: E, no: E): E;
}

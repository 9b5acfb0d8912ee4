import type { Bool } from './bool.ts';
import type { Value } from './expression.ts';

/** A text. Cedar compares texts and matches patterns; it has no order of texts. */
export interface Str extends Value<'String'> {
  /** `principal.department.eq('sales')` prints `principal.department == "sales"`. */
  eq(other: Str | string): Bool;
  /** `principal.department.ne('sales')` prints `principal.department != "sales"`. */
  ne(other: Str | string): Bool;
  /**
   * `*` stands for any run of characters; a backslash before `*` or another backslash takes its meaning away:
   * `principal.department.like('sales-*')` prints `principal.department like "sales-*"`;
   * `principal.department.like('100\\*')` prints `principal.department like "100\*"`.
   */
  like(pattern: string): Bool;
}

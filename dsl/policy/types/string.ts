import type { Bool } from './bool.ts';
import type { Value } from './expression.ts';

export interface Str extends Value<'String'> {
  eq(other: Str | string): Bool;
  ne(other: Str | string): Bool;
  /** `*` stands for any run of characters; `\*` and `\\` for themselves: `path.like('/reports/*')`. */
  like(pattern: string): Bool;
}

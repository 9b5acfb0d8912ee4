import type { PolicyTypeError } from './error.ts';
import type { Whole } from './long.ts';

/** What JavaScript writes out and Cedar knows. */
export type Literal = string | number | bigint | boolean;

/** `unknown` for a literal that means what it says. `!a` and `a === b` are of type `boolean`, `true` is not. */
export type Exact<L> = [boolean] extends [L]
  ? PolicyTypeError<'no literal: JavaScript makes booleans of !a and a === b, policies say .not() and .eq()'>
  : L extends number
    ? Whole<L>
    : unknown;

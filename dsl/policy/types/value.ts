import type { PolicyTypeError } from './error.ts';
import type { Whole } from './long.ts';

/** What JavaScript writes out and Cedar knows. */
export type Literal = string | number | bigint | boolean;

/** `unknown` for a literal that means what it says. `!a` and `a === b` are of type `boolean`, `true` is not. */
export type Exact<L> = L extends number
  ? Whole<L>
  : boolean extends L
    ? PolicyTypeError<'JavaScript computed this boolean: write true or false, or an expression with .not() or .eq()'>
    : unknown;

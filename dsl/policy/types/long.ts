import type { Bool } from './bool.ts';
import type { PolicyTypeError } from './error.ts';
import type { Value } from './expression.ts';

/** Texts of 16 characters or more (16 inferred ones and the rest): 2^53 has 16 digits, so such a number may have been rounded. */
type MayBeRounded<T extends string> =
  T extends `${infer _1}${infer _2}${infer _3}${infer _4}${infer _5}${infer _6}${infer _7}${infer _8}${infer _9}${infer _10}${infer _11}${infer _12}${infer _13}${infer _14}${infer _15}${infer _16}${infer _17}`
    ? true
    : false;

/** Checks literals only; a `number` variable is checked when the policy is built. */
type Whole<N extends number> = number extends N
  ? unknown
  : `${N}` extends `${bigint}`
    ? MayBeRounded<`${N}`> extends true
      ? PolicyTypeError<[N, 'may be rounded: write a bigint']>
      : unknown
    : PolicyTypeError<[N, 'is not an integer']>;

type LongTest = <N extends number>(other: Long | bigint | (N & Whole<N>)) => Bool;
type LongMath = <N extends number>(other: Long | bigint | (N & Whole<N>)) => Long;

/** A 64-bit integer. Takes a `bigint` or a safe integer; an arithmetic overflow is an error of the policy, hence a deny. */
export interface Long extends Value<'Long'> {
  readonly eq: LongTest;
  readonly ne: LongTest;
  readonly lt: LongTest;
  readonly lte: LongTest;
  readonly gt: LongTest;
  readonly gte: LongTest;
  /** `resource.total.plus(1)` prints `resource.total + 1`. */
  readonly plus: LongMath;
  readonly minus: LongMath;
  readonly times: LongMath;
  /** `resource.total.negate()` prints `-resource.total`. */
  negate(): Long;
}

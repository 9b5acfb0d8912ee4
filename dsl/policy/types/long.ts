import type { Bool } from './bool.ts';
import type { PolicyTypeError } from './error.ts';
import type { Value } from './expression.ts';

/** Texts of 16 characters or more (16 inferred ones and the rest): 2^53 has 16 digits, so such a number may have been rounded. */
type MayBeRounded<T extends string> =
  T extends `${infer _1}${infer _2}${infer _3}${infer _4}${infer _5}${infer _6}${infer _7}${infer _8}${infer _9}${infer _10}${infer _11}${infer _12}${infer _13}${infer _14}${infer _15}${infer _16}${infer _17}`
    ? true
    : false;

/** Checks literals only; a `number` variable is checked when the policy is built. */
export type Whole<N extends number> = number extends N
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
  /** `resource.total.eq(1)` prints `resource.total == 1`. */
  readonly eq: LongTest;
  /** `resource.total.ne(1)` prints `resource.total != 1`. */
  readonly ne: LongTest;
  /** `resource.total.lt(1)` prints `resource.total < 1`. */
  readonly lt: LongTest;
  /** `resource.total.lte(1)` prints `resource.total <= 1`. */
  readonly lte: LongTest;
  /** `resource.total.gt(1)` prints `resource.total > 1`. */
  readonly gt: LongTest;
  /** `resource.total.gte(1)` prints `resource.total >= 1`. */
  readonly gte: LongTest;
  /** `resource.total.plus(1).eq(2)` prints `resource.total + 1 == 2`. */
  readonly plus: LongMath;
  /** `resource.total.minus(principal.age).eq(2)` prints `resource.total - principal.age == 2`. */
  readonly minus: LongMath;
  /** `resource.total.times(3n).eq(9)` prints `resource.total * 3 == 9`. */
  readonly times: LongMath;
  /** `resource.total.negate().eq(-2)` prints `-resource.total == -2`. */
  negate(): Long;
}

import type { Bool } from './bool.ts';
import type { Value } from './expression.ts';

/** A number with up to four decimals. Named as in Cedar, which has no `<` for decimals. */
export interface Decimal extends Value<'decimal'> {
  eq(other: Decimal): Bool;
  ne(other: Decimal): Bool;
  /** `resource.rate.lessThan(decimal('0.05'))` prints `resource.rate.lessThan(decimal("0.05"))`. */
  lessThan(other: Decimal): Bool;
  lessThanOrEqual(other: Decimal): Bool;
  greaterThan(other: Decimal): Bool;
  greaterThanOrEqual(other: Decimal): Bool;
}

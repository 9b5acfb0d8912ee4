import type { Bool } from './bool.ts';
import type { Value } from './expression.ts';

/** A number with up to four decimals. Named as in Cedar, which has no `<` for decimals. */
export interface Decimal extends Value<'decimal'> {
  /** `resource.rate.eq(decimal('0.05'))` prints `resource.rate == decimal("0.05")`. */
  eq(other: Decimal): Bool;
  /** `resource.rate.ne(decimal('0.05'))` prints `resource.rate != decimal("0.05")`. */
  ne(other: Decimal): Bool;
  /** `resource.rate.lessThan(decimal('0.05'))` prints `resource.rate.lessThan(decimal("0.05"))`. */
  lessThan(other: Decimal): Bool;
  /** `resource.rate.lessThanOrEqual(decimal('0.05'))` prints `resource.rate.lessThanOrEqual(decimal("0.05"))`. */
  lessThanOrEqual(other: Decimal): Bool;
  /** `resource.rate.greaterThan(decimal('0.05'))` prints `resource.rate.greaterThan(decimal("0.05"))`. */
  greaterThan(other: Decimal): Bool;
  /** `resource.rate.greaterThanOrEqual(decimal('0.05'))` prints `resource.rate.greaterThanOrEqual(decimal("0.05"))`. */
  greaterThanOrEqual(other: Decimal): Bool;
}

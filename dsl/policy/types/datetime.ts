import type { Bool } from './bool.ts';
import type { Value } from './expression.ts';
import type { Long } from './long.ts';

/** A moment, in milliseconds. */
export interface Datetime extends Value<'datetime'> {
  /** `resource.since.eq(datetime('2026-01-31'))` prints `resource.since == datetime("2026-01-31")`. */
  eq(other: Datetime): Bool;
  /** `resource.since.ne(datetime('2026-01-31'))` prints `resource.since != datetime("2026-01-31")`. */
  ne(other: Datetime): Bool;
  /** `resource.since.lt(datetime('2026-01-31'))` prints `resource.since < datetime("2026-01-31")`. */
  lt(other: Datetime): Bool;
  /** `resource.since.lte(datetime('2026-01-31'))` prints `resource.since <= datetime("2026-01-31")`. */
  lte(other: Datetime): Bool;
  /** `resource.since.gt(datetime('2026-01-31'))` prints `resource.since > datetime("2026-01-31")`. */
  gt(other: Datetime): Bool;
  /** `resource.since.gte(datetime('2026-01-31'))` prints `resource.since >= datetime("2026-01-31")`. */
  gte(other: Datetime): Bool;
  /** `resource.since.offset(duration('24h')).gt(context.now)` prints `resource.since.offset(duration("24h")) > context.now`. */
  offset(by: Duration): Datetime;
  /**
   * The time from `start` to this: `context.now.durationSince(resource.since).gt(duration('30d'))` prints
   * `context.now.durationSince(resource.since) > duration("30d")`.
   */
  durationSince(start: Datetime): Duration;
  /** Midnight UTC of the same day: `context.now.toDate().eq(resource.since)` prints `context.now.toDate() == resource.since`. */
  toDate(): Datetime;
  /** The time since midnight UTC: `context.now.toTime().lt(duration('8h'))` prints `context.now.toTime() < duration("8h")`. */
  toTime(): Duration;
}

/** A span of time, in milliseconds. Conversions to larger units drop the fraction. */
export interface Duration extends Value<'duration'> {
  /** `resource.hold.eq(duration('1h'))` prints `resource.hold == duration("1h")`. */
  eq(other: Duration): Bool;
  /** `resource.hold.ne(duration('1h'))` prints `resource.hold != duration("1h")`. */
  ne(other: Duration): Bool;
  /** `resource.hold.lt(duration('1h'))` prints `resource.hold < duration("1h")`. */
  lt(other: Duration): Bool;
  /** `resource.hold.lte(duration('1h'))` prints `resource.hold <= duration("1h")`. */
  lte(other: Duration): Bool;
  /** `resource.hold.gt(duration('1h'))` prints `resource.hold > duration("1h")`. */
  gt(other: Duration): Bool;
  /** `resource.hold.gte(duration('1h'))` prints `resource.hold >= duration("1h")`. */
  gte(other: Duration): Bool;
  /** `resource.hold.toMilliseconds().gt(5)` prints `resource.hold.toMilliseconds() > 5`. */
  toMilliseconds(): Long;
  /** `resource.hold.toSeconds().gt(5)` prints `resource.hold.toSeconds() > 5`. */
  toSeconds(): Long;
  /** `resource.hold.toMinutes().gt(5)` prints `resource.hold.toMinutes() > 5`. */
  toMinutes(): Long;
  /** `resource.hold.toHours().gt(5)` prints `resource.hold.toHours() > 5`. */
  toHours(): Long;
  /** `resource.hold.toDays().gt(5)` prints `resource.hold.toDays() > 5`. */
  toDays(): Long;
}

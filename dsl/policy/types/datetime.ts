import type { Bool } from './bool.ts';
import type { Value } from './expression.ts';
import type { Long } from './long.ts';

/** A moment, in milliseconds. */
export interface Datetime extends Value<'datetime'> {
  eq(other: Datetime): Bool;
  ne(other: Datetime): Bool;
  lt(other: Datetime): Bool;
  lte(other: Datetime): Bool;
  gt(other: Datetime): Bool;
  gte(other: Datetime): Bool;
  /** `resource.createdAt.offset(duration('24h'))` prints `resource.createdAt.offset(duration("24h"))`. */
  offset(by: Duration): Datetime;
  /** The time from `start` to this. */
  durationSince(start: Datetime): Duration;
  /** Midnight UTC of the same day. */
  toDate(): Datetime;
  /** The time since midnight UTC. */
  toTime(): Duration;
}

/** A span of time, in milliseconds. Conversions to larger units drop the fraction. */
export interface Duration extends Value<'duration'> {
  eq(other: Duration): Bool;
  ne(other: Duration): Bool;
  lt(other: Duration): Bool;
  lte(other: Duration): Bool;
  gt(other: Duration): Bool;
  gte(other: Duration): Bool;
  toMilliseconds(): Long;
  toSeconds(): Long;
  toMinutes(): Long;
  toHours(): Long;
  toDays(): Long;
}

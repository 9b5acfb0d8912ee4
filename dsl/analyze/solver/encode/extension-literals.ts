import type { Constructor } from '../../../../cedar/ast.ts';
import { Unsupported } from '../unsupported.ts';

/** An IP address with the length of its prefix. The bits of both families begin at the top of 128. */
export interface Address {
  readonly version: 4 | 6;
  readonly bits: bigint;
  readonly prefix: number;
}

const unreadable = (fn: Constructor): Unsupported =>
  new Unsupported(`a literal of ${fn}() that cannot be read`);

/** In ten-thousandths. */
export function decimalOf(text: string): bigint {
  const [, sign, whole, part] = /^(-?)(\d+)\.(\d{1,4})$/.exec(text) ?? [];
  if (whole === undefined || part === undefined) throw unreadable('decimal');
  const value = BigInt(whole) * 10_000n + BigInt(part.padEnd(4, '0'));
  return sign === '-' ? -value : value;
}

const DATETIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{3}))?(?:Z|([+-])(\d{2})(\d{2})))?$/;

/** In milliseconds since 1970. */
export function datetimeOf(text: string): bigint {
  const [, year, month, day, hour, minute, second, milli, sign, hours, minutes] = DATETIME.exec(text) ?? [];
  if (year === undefined) throw unreadable('datetime');
  // `Date.UTC` takes years below 100 for others.
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0), Number(milli ?? 0));
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return BigInt(date.getTime() - (sign === '-' ? -offset : offset));
}

const DURATION = /^(-?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const UNITS = [86_400_000n, 3_600_000n, 60_000n, 1000n, 1n];

/** In milliseconds. */
export function durationOf(text: string): bigint {
  const [, sign, ...counts] = DURATION.exec(text) ?? [];
  if (counts.length === 0) throw unreadable('duration');
  const value = UNITS.reduce((sum, unit, index) => sum + BigInt(counts[index] ?? 0) * unit, 0n);
  return sign === '-' ? -value : value;
}

/** An address or a range. */
export function addressOf(text: string): Address {
  const [host = '', prefix] = text.split('/');
  const length = (most: number): number => (prefix === undefined ? most : Number(prefix));
  if (!host.includes(':')) {
    const bytes = host.split('.').map(Number);
    if (bytes.length !== 4 || bytes.some(Number.isNaN)) throw unreadable('ip');
    const bits = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    return { version: 4, bits: bits << 96n, prefix: length(32) };
  }
  const [before = '', after] = host.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [high, low] = [groups(before), groups(after ?? '')];
  const gap = after === undefined ? 0 : 8 - high.length - low.length;
  const all = [...high, ...Array.from({ length: gap }, () => '0'), ...low];
  if (all.length !== 8 || all.some((group) => !/^[\da-f]{1,4}$/i.test(group))) throw unreadable('ip');
  const bits = all.reduce((sum, group) => sum * 65_536n + BigInt(Number.parseInt(group, 16)), 0n);
  return { version: 6, bits, prefix: length(128) };
}

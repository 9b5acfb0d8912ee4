import type { EntityUid } from '../ast.ts';
import type { Cursor } from './cursor.ts';
import { literal } from './names.ts';
import type { Token } from './token.ts';
import { textOf } from './unescape.ts';

const MAX_LONG = 2n ** 63n - 1n;

/** `::"alice"` after a type. */
export function uidAfter(cursor: Cursor, type: string): EntityUid {
  cursor.expect('::', `write the id: ${type}::"…"`);
  if (cursor.peek().kind !== 'string') throw cursor.unexpected(`write the id as a text: ${type}::"…"`);
  return { type, id: literal(cursor, cursor.take(), textOf) };
}

/** The value of an integer, with its sign if it has one: the least Long is no negation of a Long. */
export function longOf(cursor: Cursor, token: Token, negative: boolean): bigint {
  const digits = token.text.replace(/^0+(?=\d)/, '');
  // Reading a million digits would take long, and they are out of range anyway.
  const value = digits.length > 19 ? MAX_LONG + 2n : BigInt(digits);
  if (value <= MAX_LONG || (negative && value === MAX_LONG + 1n)) return negative ? -value : value;
  throw cursor.refuse(
    token,
    'LONG_OUT_OF_RANGE',
    'this is no 64-bit integer',
    `a Long is between ${-MAX_LONG - 1n} and ${MAX_LONG}`,
  );
}

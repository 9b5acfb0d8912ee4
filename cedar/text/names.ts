import { isIdentifier } from '../names.ts';
import { BadEscape } from './unescape.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './token.ts';

/** A name: an attribute, one part of a type. Words of the grammar are none. */
export function identifier(cursor: Cursor, what: string): string {
  const token = cursor.peek();
  if (token.kind !== 'identifier') throw cursor.unexpected(`write ${what}`);
  if (!isIdentifier(token.text)) {
    throw cursor.refuse(
      token,
      'CEDAR_RESERVED_WORD',
      `"${token.text}" is a word of the grammar and no name`,
      `an attribute of that name is written ["${token.text}"]`,
    );
  }
  return cursor.take().text;
}

/** `A::B::C`; stops before `::"id"`. */
export function path(cursor: Cursor, what: string): string {
  const parts = [identifier(cursor, what)];
  while (cursor.at('::') && cursor.second().kind !== 'string') {
    cursor.take();
    parts.push(identifier(cursor, 'the next part of the name'));
  }
  return parts.join('::');
}

/** Reads a literal with its quotes. An escape that means nothing is an error at its place in the text. */
export function literal<T>(cursor: Cursor, token: Token, read: (text: string) => T): T {
  try {
    return read(token.text);
  } catch (error) {
    if (!(error instanceof BadEscape)) throw error;
    throw cursor.refuse(
      { ...token, start: token.start + error.offset },
      'CEDAR_BAD_ESCAPE',
      `${error.message} means nothing in this text`,
      'write \\\\ for a backslash, \\n, \\r, \\t, \\0, \\", \\\', \\x41 or \\u{1F600} (and \\* in a pattern)',
    );
  }
}

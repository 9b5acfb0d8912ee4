import { Unsupported } from '../unsupported.ts';

/** The solver's strings end here; Unicode goes on to 10FFFF. */
const LAST_CHARACTER = 0x2_ff_ff;

/** A string literal of SMT-LIB: everything but plain ASCII is escaped, and so is the backslash that escapes. */
export function textLiteral(text: string): string {
  const characters = Array.from(text, (character) => {
    const code = character.codePointAt(0)!;
    if (code > LAST_CHARACTER) throw new Unsupported('a character beyond U+2FFFF beside a pattern');
    if (character === '"') return '""';
    return code < 0x20 || code > 0x7e || character === '\\'
      ? String.raw`\u{${code.toString(16)}}`
      : character;
  });
  return `"${characters.join('')}"`;
}

const ESCAPE = /\\u\{([\da-f]+)\}|\\u([\da-f]{4})/gi;
const SURROGATES = 0xd8_00;
const BEHIND_SURROGATES = 0xdf_ff;
const UNUSUAL = 0x2_00_00;

/**
 * The text of a literal that the solver wrote. Its strings may hold half surrogates, Cedar's cannot: others stand for
 * them, which no policy tells apart from them.
 */
export const textOf = (literal: string): string =>
  literal
    .slice(1, -1)
    .replaceAll('""', '"')
    .replaceAll(ESCAPE, (_all, long: string | undefined, short: string | undefined) => {
      const code = Number.parseInt(long ?? short ?? '', 16);
      const isHalf = code >= SURROGATES && code <= BEHIND_SURROGATES;
      return String.fromCodePoint(isHalf ? UNUSUAL + code : code);
    });

import type { PatternPart } from '../ast.ts';

const NAMED: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  '\\': '\\',
  "'": "'",
  '"': '"',
};
const HEX = /^x([0-7][0-9a-fA-F])/;
/** Rust's: one to six digits, with underscores between or behind them. */
const CODE_POINT = /^u\{([0-9a-fA-F][0-9a-fA-F_]*)\}/;

/** A character of a text, or `\*`. */
type Piece = { readonly char: string; readonly literal: boolean };

/** An escape sequence, or a bare carriage return, that means nothing. `offset`: from the text's opening quote. */
export class BadEscape extends Error {
  override readonly name = 'BadEscape';
  readonly offset: number;

  constructor(sequence: string, offset: number) {
    super(sequence);
    this.offset = offset;
  }
}

/** What a literal with its quotes says. @throws {BadEscape} */
export const textOf = (literal: string): string =>
  pieces(literal, false)
    .map(({ char }) => char)
    .join('');

/**
 * The pattern that a literal with its quotes says: `\*` is a star, and any other star, however it is written, a wildcard.
 * @throws {BadEscape}
 */
export function patternOf(literal: string): PatternPart[] {
  const parts: PatternPart[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push({ text });
    text = '';
  };
  for (const { char, literal: exact } of pieces(literal, true)) {
    if (char === '*' && !exact) {
      flush();
      parts.push('wildcard');
    } else {
      text += char;
    }
  }
  flush();
  return parts;
}

function pieces(literal: string, isPattern: boolean): Piece[] {
  const found: Piece[] = [];
  const end = literal.length - 1;
  for (let i = 1; i < end;) {
    const char = literal.charAt(i);
    if (char === '\r') throw new BadEscape('a bare carriage return', i);
    if (char !== '\\') {
      found.push({ char, literal: false });
      i += 1;
      continue;
    }
    const { char: meant, length } = escaped(literal.slice(i + 1, end), isPattern, i);
    found.push({ char: meant, literal: literal.charAt(i + 1) === '*' });
    i += 1 + length;
  }
  return found;
}

function escaped(rest: string, isPattern: boolean, offset: number): { char: string; length: number } {
  const first = rest.charAt(0);
  const named = Object.hasOwn(NAMED, first) ? NAMED[first] : undefined;
  if (named !== undefined) return { char: named, length: 1 };
  if (first === '*' && isPattern) return { char: '*', length: 1 };
  const [hex, byte] = HEX.exec(rest) ?? [];
  if (hex !== undefined && byte !== undefined) return { char: fromCode(byte), length: hex.length };
  const [sequence, digits] = CODE_POINT.exec(rest) ?? [];
  const code = digits?.replaceAll('_', '') ?? '';
  if (sequence === undefined || code.length > 6 || !isScalar(Number.parseInt(code, 16))) {
    throw new BadEscape(`\\${first}`, offset);
  }
  return { char: fromCode(code), length: sequence.length };
}

const isScalar = (code: number): boolean => code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff);
const fromCode = (hex: string): string => String.fromCodePoint(Number.parseInt(hex, 16));

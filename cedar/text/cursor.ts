import type { Expr, Site } from '../ast.ts';
import { PolicyError } from '../policy-error.ts';
import { parts } from '../walk.ts';
import { linesOf } from './lines.ts';
import type { Token } from './token.ts';

/** First and last token of a part of a policy. */
export interface TokenSpan {
  readonly first: number;
  readonly last: number;
}

/** Levels that a text may nest: twice what can be printed, and far below what a stack holds. */
const MAX_NESTING = 250;

/** Reads the tokens of one file in order. All functions that expect something throw `PolicyError` at its place. */
export interface Cursor {
  readonly peek: () => Token;
  /** The token after the next one. */
  readonly second: () => Token;
  readonly take: () => Token;
  /** Whether the next token is this symbol or word. */
  readonly at: (text: string) => boolean;
  /** Takes the next token if it is this symbol or word. */
  readonly accept: (text: string) => boolean;
  readonly expect: (text: string, remedy: string) => void;
  readonly siteOf: (token: Token) => Site;
  readonly refuse: (token: Token, code: string, message: string, remedy: string) => PolicyError;
  /** What stands where nothing of the kind may stand. */
  readonly unexpected: (remedy: string) => PolicyError;
  /** Runs `parse` one level deeper. */
  readonly nested: <T>(parse: () => T) => T;
  /** How many tokens have been taken. */
  readonly index: () => number;
  /** Notes the tokens that a part was read from. `from`: its first; its last is the one taken last. */
  readonly note: <T extends object>(part: T, from: number) => T;
  readonly spanOf: (part: object) => TokenSpan | undefined;
  /** The expression, placed and noted. Its depth is checked: `a + b + …` gets deep without any parentheses. */
  readonly make: (expr: Expr, from: number) => Expr;
  /** Goes on after the next semicolon. */
  readonly skipStatement: () => void;
}

export function cursorOf(tokens: readonly Token[], text: string, file: string): Cursor {
  const placeOf = linesOf(text);
  const end: Token = tokens.at(-1) ?? { kind: 'end', text: '', start: 0 };
  const spans = new WeakMap<object, TokenSpan>();
  const heights = new WeakMap<Expr, number>();
  let index = 0;
  let depth = 0;

  const peek = (): Token => tokens[index] ?? end;
  const isWord = ({ kind }: Token): boolean => kind === 'symbol' || kind === 'identifier';
  const at = (wanted: string): boolean => isWord(peek()) && peek().text === wanted;
  const siteOf = (token: Token): Site => ({ file, ...placeOf(token.start) });
  const refuse: Cursor['refuse'] = (token, code, message, remedy) =>
    new PolicyError({ code, message, remedy, site: siteOf(token) });
  const tooDeep = (token: Token): PolicyError =>
    refuse(
      token,
      'POLICY_TOO_DEEP',
      `this nests more than ${MAX_NESTING} levels`,
      'split the policy, or use a set instead of a chain of operators',
    );
  const unexpected: Cursor['unexpected'] = (remedy) => {
    const token = peek();
    if (token.kind === 'end') return refuse(token, 'CEDAR_SYNTAX', 'the text ends here', remedy);
    if (token.kind !== 'invalid') {
      return refuse(token, 'CEDAR_SYNTAX', `${brief(token.text)} cannot stand here`, remedy);
    }
    return refuse(
      token,
      'CEDAR_SYNTAX',
      `${brief(token.text)} is no word of Cedar`,
      token.remedy ?? 'remove it',
    );
  };
  const note = <T extends object>(part: T, from: number): T => {
    spans.set(part, { first: from, last: index - 1 });
    return part;
  };
  const take = (): Token => {
    const token = peek();
    if (index < tokens.length - 1) index += 1;
    return token;
  };
  const accept = (wanted: string): boolean => {
    if (!at(wanted)) return false;
    take();
    return true;
  };
  return {
    peek,
    second: () => tokens[index + 1] ?? end,
    take,
    at,
    accept,
    expect(wanted, remedy) {
      if (!accept(wanted)) throw unexpected(remedy);
    },
    siteOf,
    refuse,
    unexpected,
    nested(parse) {
      if (depth >= MAX_NESTING) throw tooDeep(peek());
      depth += 1;
      try {
        return parse();
      } finally {
        depth -= 1;
      }
    },
    index: () => index,
    note,
    spanOf: (part) => spans.get(part),
    make(expr, from) {
      const token = tokens[from] ?? end;
      const height = 1 + parts(expr).reduce((highest, part) => Math.max(highest, heights.get(part) ?? 0), 0);
      if (height > MAX_NESTING) throw tooDeep(token);
      const placed = note({ ...expr, at: siteOf(token) }, from);
      heights.set(placed, height);
      return placed;
    },
    skipStatement() {
      while (peek().kind !== 'end' && !accept(';')) take();
    },
  };
}

/** As it is shown in an error: hostile texts are long, and hold what a terminal would obey. */
function brief(text: string): string {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return JSON.stringify(shown).replaceAll(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`,
  );
}

import { linesOf } from './lines.ts';
import type { Comment, Token, Tokens } from './token.ts';

// As in the lexer of Cedar 4 (cedar-policy-core, parser/grammar.lalrpop). White space is Rust's `\s`, which is Unicode's.
const SKIPPED = /\p{White_Space}+/uy;
const COMMENT = /\/\/([^\n\r]*)/y;
const WORD = /[_a-zA-Z][_a-zA-Z0-9]*/y;
const INTEGER = /[0-9]+/y;
const SLOT = /\?[_a-zA-Z][_a-zA-Z0-9]*/y;
const SYMBOL = /::|==|!=|<=|>=|&&|\|\||[(){}[\],;:.@<>+\-*/%!=]/y;
const STRAY = /[^]/uy;
const EMPTY_LINE = /[^\n]*\n[^\S\n]*(?:\n|$)/y;

/** What may stand between an operand and the comment behind it. */
const SEPARATORS = new Set(['&&', '||', ',', ';']);

/** Cuts a text into words. Never throws: what is no word becomes an invalid one, for the parser to stop at. */
export function tokenize(text: string): Tokens {
  const lineOf = linesOf(text);
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  let start = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = start;
    return pattern.exec(text);
  };
  const comment = (words: string): void => {
    const { line } = lineOf(start);
    const last = tokens.at(-1);
    const besides = last !== undefined && lineOf(last.start + last.text.length - 1).line === line;
    const back = besides && tokens.length > 1 && SEPARATORS.has(last.text) ? 2 : 1;
    const token = besides ? tokens.length - back : tokens.length;
    comments.push({ text: words.trimEnd(), line, token, apart: match(EMPTY_LINE) !== null });
  };
  const next = (): Token => {
    for (const [kind, pattern] of KINDS) {
      const [found] = match(pattern) ?? [];
      if (found !== undefined) return { kind, text: found, start };
    }
    const [char = ''] = match(STRAY) ?? [];
    if (char === '"') return stringAt(text, start);
    const remedy = char === "'" ? 'write texts in double quotes' : 'remove it';
    return { kind: 'invalid', text: char, start, remedy };
  };
  while (start < text.length) {
    const skipped = match(SKIPPED)?.[0] ?? '';
    const words = skipped === '' ? match(COMMENT) : null;
    if (skipped !== '') start += skipped.length;
    else if (words) {
      comment(words[1] ?? '');
      start += words[0].length;
    } else {
      const token = next();
      tokens.push(token);
      start += token.text.length;
    }
  }
  tokens.push({ kind: 'end', text: '', start: text.length });
  return { tokens, comments };
}

const KINDS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['identifier', WORD],
  ['integer', INTEGER],
  ['slot', SLOT],
  ['symbol', SYMBOL],
];

/** A text in quotes, line breaks included; a backslash takes any character but a line break with it. */
function stringAt(text: string, start: number): Token {
  for (let i = start + 1; i < text.length; i += 1) {
    const char = text[i];
    if (char === '"') return { kind: 'string', text: text.slice(start, i + 1), start };
    if (char === '\\') i += 1;
    if (char === '\\' && text[i] === '\n') break;
  }
  return { kind: 'invalid', text: text.slice(start), start, remedy: 'close the text with a double quote' };
}

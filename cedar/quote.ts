import type { PatternPart } from './ast.ts';
import { PolicyError } from './policy-error.ts';

const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
};

// Characters that are invisible, or that make text read otherwise than it is evaluated (bidirectional controls).
const ESCAPED = /["\\]|(?! )[\p{C}\p{Z}]/gu;
const LONE_SURROGATE = /\p{Surrogate}/u;

const escape = (text: string): string => {
  if (LONE_SURROGATE.test(text)) {
    throw new PolicyError({
      code: 'TEXT_NOT_UNICODE',
      message: 'a text holds half of a surrogate pair, which has no UTF-8 form',
      remedy: 'write the whole character',
    });
  }
  return text.replace(ESCAPED, (char) => NAMED[char] ?? `\\u{${char.codePointAt(0)!.toString(16)}}`);
};

/** A Cedar string literal. @throws {PolicyError} on text that is not well-formed Unicode. */
export const quote = (text: string): string => `"${escape(text)}"`;

/** The right side of `like`. @throws {PolicyError} on text that is not well-formed Unicode. */
export const quotePattern = (pattern: readonly PatternPart[]): string =>
  `"${pattern.map((part) => (part === 'wildcard' ? '*' : escape(part.text).replaceAll('*', '\\*'))).join('')}"`;

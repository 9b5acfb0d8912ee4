import type { PatternPart, Site } from '../../cedar/ast.ts';
import { BuilderError } from './builder-error.ts';

/** Reads a `like` pattern: `*` is any run of characters, `\*` and `\\` are themselves. Throws `BuilderError`. */
export function patternOf(pattern: unknown, at: Site): readonly PatternPart[] {
  if (typeof pattern !== 'string') throw badPattern('the pattern is no string', at);
  const parts: PatternPart[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push(Object.freeze({ text }));
    text = '';
  };
  for (let i = 0; i < pattern.length; i += 1) {
    const character = pattern.charAt(i);
    if (character === '*') {
      flush();
      parts.push('wildcard');
    } else if (character === '\\') {
      i += 1;
      const escaped = pattern.charAt(i);
      if (escaped !== '*' && escaped !== '\\') {
        throw badPattern(`"\\${escaped}" in the pattern has no meaning`, at);
      }
      text += escaped;
    } else {
      text += character;
    }
  }
  flush();
  return Object.freeze(parts);
}

function badPattern(message: string, at: Site): BuilderError {
  return new BuilderError({
    site: at,
    code: 'BAD_PATTERN',
    message,
    remedy: 'write * for any characters, and \\* or \\\\ for a star or a backslash',
  });
}

import type { PatternPart } from '../../../../cedar/ast.ts';
import type { Term } from '../language/term.ts';
import { textLiteral } from '../language/texts.ts';

/** Whether a text is like a pattern. */
export function isLike(text: Term, pattern: readonly PatternPart[]): Term {
  const parts = pattern.map((part) =>
    part === 'wildcard' ? 're.all' : `(str.to_re ${textLiteral(part.text)})`,
  );
  const [first = '(str.to_re "")', ...others] = parts;
  return `(str.in_re ${text} ${others.length === 0 ? first : `(re.++ ${parts.join(' ')})`})`;
}

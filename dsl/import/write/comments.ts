import type { Comment, TokenSpan } from '../../../cedar/text/policies.ts';
import { commentLine } from './text.ts';

/** The comments of a text, each of which is written once. */
export interface Comments {
  /** Lines for what was said beside a part and has not been written yet. Ask for the parts of a part first. */
  readonly beside: (part: object) => string;
  /** Lines for all that is left. */
  readonly rest: () => string;
}

export function commentsOf(
  comments: readonly Comment[],
  spanOf: (part: object) => TokenSpan | undefined,
): Comments {
  const open = [...comments];
  const take = (matches: (comment: Comment) => boolean): string => {
    const taken = open.filter(matches);
    for (const comment of taken) open.splice(open.indexOf(comment), 1);
    return commentLines(taken);
  };
  return {
    beside(part) {
      const span = spanOf(part);
      return span ? take(({ token }) => token >= span.first && token <= span.last) : '';
    },
    rest: () => take(() => true),
  };
}

/** Comments on lines of their own, with the empty lines between them. */
export const commentLines = (comments: readonly Comment[]): string =>
  comments.map(({ text, apart }) => `${commentLine(text)}${apart ? '\n' : ''}`).join('');

export const NO_COMMENTS: Comments = { beside: () => '', rest: () => '' };

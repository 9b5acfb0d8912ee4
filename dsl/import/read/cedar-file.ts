import { type Comment, parseCedar } from '../../../cedar/text/policies.ts';
import type { Source } from './source.ts';

/** A file of Cedar text. */
export function readCedarFile(text: string, file: string): Source {
  const { policies, comments, spanOf, errors } = parseCedar(text.replace(/^\ufeff/, ''), file);
  const header = headerOf(comments);
  const beside = comments.slice(header.length);
  const found = policies.map((policy) => {
    const span = spanOf(policy);
    return {
      policy,
      comments: beside.filter(({ token }) => span && token >= span.first && token <= span.last),
    };
  });
  const placed = new Set([...header, ...found.flatMap((one) => one.comments)]);
  // Beside a statement with mistakes there is nothing to keep, for nothing will be written.
  return { found, links: [], header, footer: comments.filter((one) => !placed.has(one)), spanOf, errors };
}

/** What stands above everything, with an empty line below: about the file, not about its first policy. */
const headerOf = (comments: readonly Comment[]): Comment[] =>
  comments.slice(0, comments.findLastIndex(({ token, apart }) => token === 0 && apart) + 1);

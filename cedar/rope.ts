import type { Site } from './ast.ts';

/** Text in pieces, some of which know where they were written. */
export type Rope = string | readonly Rope[] | { readonly site: Site; readonly of: Rope };

/** A stretch of text, in UTF-16 units, and where it was written. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly site: Site;
}

const isList = (rope: Rope): rope is readonly Rope[] => Array.isArray(rope);

export const place = (of: Rope, site: Site | undefined): Rope => (site ? { site, of } : of);

export const ropeLength = (rope: Rope): number => {
  if (typeof rope === 'string') return rope.length;
  return isList(rope) ? rope.reduce<number>((sum, part) => sum + ropeLength(part), 0) : ropeLength(rope.of);
};

/** Puts `separator` between the parts. */
export const join = (parts: readonly Rope[], separator: string): Rope =>
  parts.flatMap((part, i) => (i === 0 ? [part] : [separator, part]));

/** The text, and the spans of the pieces whose place is known: outer before inner. */
export function flatten(rope: Rope): { text: string; spans: Span[] } {
  const pieces: string[] = [];
  const spans: Span[] = [];
  let length = 0;
  const visit = (part: Rope): void => {
    if (typeof part === 'string') {
      pieces.push(part);
      length += part.length;
    } else if (isList(part)) {
      part.forEach(visit);
    } else {
      const start = length;
      const index = spans.push({ start, end: start, site: part.site }) - 1;
      visit(part.of);
      spans[index] = { start, end: length, site: part.site };
    }
  };
  visit(rope);
  return { text: pieces.join(''), spans };
}

import type { Site } from './ast.ts';
import type { Span } from './rope.ts';

/** The engine counts UTF-8 bytes, JavaScript UTF-16 units. */
export const utf16Offset = (text: string, byteOffset: number): number =>
  Buffer.from(text, 'utf8').subarray(0, byteOffset).toString('utf8').length;

/** Where the smallest piece of source stands that encloses the bytes `start` to `end` of a printed policy. */
export function siteAt(
  { text, spans }: { text: string; spans: readonly Span[] },
  start: number,
  end: number,
): Site | undefined {
  const from = utf16Offset(text, start);
  const to = utf16Offset(text, end);
  // Spans come outer before inner, so the last one that encloses is the smallest.
  return spans.findLast((span) => span.start <= from && to <= span.end)?.site;
}

import { wrapped } from '../wrapped.ts';
import type { Compared } from './compared.ts';
import type { Counterexample, Row, SetDiff } from './row.ts';
import { changesOf, leftOpen, requestLines, rowName, summary, toldLines } from './words.ts';

/** A diff for a terminal of 80 columns. */
export function diffText({ diffs, live }: Compared): string {
  const told = diffs.map(setText).filter((text) => text !== '');
  return [
    ...told,
    ...(live.length > 0
      ? [['live policies, which hold before and after:', ...live.map(liveLine)].join('\n')]
      : []),
    summary(diffs),
  ].join('\n\n');
}

const liveLine = ({ set, id, text }: Compared['live'][number]): string =>
  wrapped(`${set}: ${id}: ${text.replaceAll(/\s+/g, ' ')}`, '  ', '    ');

function setText(diff: SetDiff): string {
  const rows = diff.rows.flatMap(rowText);
  const changes = changesOf(diff).map((line) => `  ${line}`);
  return rows.length + changes.length === 0 ? '' : [diff.set, ...changes, ...rows].join('\n');
}

function rowText(row: Row): string[] {
  const { opened, narrowed } = row;
  const unsure = [leftOpen(opened, 'newly allowed'), leftOpen(narrowed, 'newly denied')].filter(
    (line) => line !== undefined,
  );
  const lines = [
    ...(opened.example ? ['    + newly allowed, for example', ...exampleText(opened.example)] : []),
    ...(narrowed.example ? ['    - newly denied, for example', ...exampleText(narrowed.example)] : []),
    ...unsure.map((line) => wrapped(`? ${line}`, '    ', '      ')),
  ];
  if (lines.length === 0) return [];
  return [wrapped(`${rowName(row)}: ${verdictText(row)}`, '  ', '      '), ...lines];
}

/** Where one half is shown and the other is not known, it says more than "unknown". */
function verdictText({ verdict, opened, narrowed }: Row): string {
  if (verdict !== 'unknown') return verdict;
  if (opened.example) return 'something opens; the rest is unknown';
  return narrowed.example ? 'something is denied; the rest is unknown' : verdict;
}

const LABEL = 11;

function exampleText({ request, before, after }: Counterexample): string[] {
  const block = (label: string, lines: readonly string[]): string[] =>
    lines.map((line, index) => {
      const first = `        ${(index === 0 ? label : '').padEnd(LABEL)}`;
      return wrapped(line, first, ' '.repeat(first.length + 2));
    });
  return [
    ...requestLines(request).flatMap(([label, line]) => block(label, [line])),
    ...block('before', toldLines(before)),
    ...block('now', toldLines(after)),
  ];
}

import { type Measured, median, p99 } from './samples.ts';

export interface Table {
  readonly title: string;
  /** Heads of all columns but the first. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What a reader has to know to quote a figure. */
  readonly note?: string;
}

export type Row = readonly [what: string, ...cells: readonly string[]];

const WIDTH = 80;
const INDENT = '  ';

/** A table as plain text of at most 80 columns. */
export function formatTable({ title, columns, rows, note }: Table): string {
  const lines: readonly Row[] = [['', ...columns], ...rows];
  const widths = columns.map(
    (_, column) => 2 + Math.max(...lines.map((cells) => (cells[column + 1] ?? '').length)),
  );
  const first = WIDTH - INDENT.length - widths.reduce((sum, width) => sum + width, 0);
  const formatted = lines.map(([what, ...cells]) => {
    const aligned = cells.map((cell, column) => cell.padStart(widths[column] ?? 0));
    return (INDENT + what.padEnd(first) + aligned.join('')).trimEnd();
  });
  return [title, ...formatted, ...(note === undefined ? [] : wrap(note))].join('\n');
}

function wrap(note: string): string[] {
  const lines = [''];
  for (const word of note.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (INDENT.length + longer.length <= WIDTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => INDENT + line);
}

/** Three digits: the fourth differs from run to run. */
export const number = (value: number): string =>
  value.toFixed(value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0);

export const COMPARISON = ['n', 'p50', 'p99', 'ratio'] as const;

/** Rows for these columns. The first measured is what the others are compared with, by their medians. */
export function compared(measured: readonly Measured[]): readonly Row[] {
  const [unit] = measured;
  if (!unit) return [];
  return measured.map(({ what, samples }) => [
    what,
    String(samples.length),
    number(median(samples)),
    number(p99(samples)),
    number(median(samples) / median(unit.samples)),
  ]);
}

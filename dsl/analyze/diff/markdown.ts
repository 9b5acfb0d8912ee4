import { printable } from '../../check/printable.ts';
import type { Compared } from './compared.ts';
import { type Counterexample, type Row, type SetDiff, verdictOf, VERDICT } from './row.ts';
import { changesOf, leftOpen, requestLines, rowName, summary, toldLines } from './words.ts';

/** GitHub refuses comments of more than 65,536 characters. */
const LONGEST = 60_000;

const HEADLINES: Readonly<Record<number, string>> = {
  [VERDICT.equal]: 'Nothing is decided otherwise',
  [VERDICT.narrower]: 'Only narrower: some requests are newly denied',
  [VERDICT.opened]: 'Something opens: some requests are newly allowed',
  [VERDICT.unsure]: 'Not known for sure',
};

/** A diff as a comment on a pull request. Names and values of policies are text in it, never markup. */
export function diffMarkdown(compared: Compared): string {
  const { before, after, solver, diffs, live } = compared;
  const head = [
    `### ${HEADLINES[verdictOf(diffs)]}`,
    `${code(before)} → ${code(after)}: ${summary(diffs)}. ${solver === undefined ? 'No solver was asked.' : `Asked: ${code(solver)}.`}`,
  ];
  const blocks = diffs.flatMap(setMarkdown);
  const tail =
    live.length > 0
      ? [
          `**Live policies**, which hold before and after:\n\n${live.map(({ set, id, text }) => `- ${code(`${set}: ${id}`)} ${code(text)}`).join('\n')}`,
        ]
      : [];
  return `${withinLimit([...head, ...blocks, ...tail]).join('\n\n')}\n`;
}

/** As many blocks as there is room for; how many are left out is said. */
function withinLimit(blocks: readonly string[]): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const block of blocks) {
    length += block.length + 2;
    if (length > LONGEST) {
      return [
        ...kept,
        `_${blocks.length - kept.length} more do not fit here: run_ \`npx cedarwright diff\` _for all._`,
      ];
    }
    kept.push(block);
  }
  return kept;
}

function setMarkdown(diff: SetDiff): string[] {
  const changes = changesOf(diff);
  const rows = diff.rows.filter(({ verdict }) => verdict !== 'equivalent');
  if (changes.length + rows.length === 0) return [];
  const table = [
    '| request | | sure |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${code(rowName(row))} | ${signs(row)} | ${sure(row)} |`),
  ].join('\n');
  return [
    `#### ${code(diff.set)}`,
    ...(changes.length > 0 ? [changes.map((line) => `- ${code(line)}`).join('\n')] : []),
    ...(rows.length > 0 ? [table] : []),
    ...rows.flatMap(examples),
  ];
}

const signs = ({ opened, narrowed }: Row): string => {
  const parts = [
    ...(opened.example ? ['**newly allowed**'] : []),
    ...(narrowed.example ? ['newly denied'] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : 'unknown';
};

function sure({ opened, narrowed }: Row): string {
  const open = [leftOpen(opened, 'newly allowed'), leftOpen(narrowed, 'newly denied')];
  const told = open.filter((line) => line !== undefined);
  return told.length > 0 ? told.map(plain).join('; ') : 'proved';
}

function examples(row: Row): string[] {
  const { opened, narrowed } = row;
  return [
    ...(opened.example ? [details(row, 'newly allowed', opened.example)] : []),
    ...(narrowed.example ? [details(row, 'newly denied', narrowed.example)] : []),
  ];
}

function details(row: Row, what: string, { request, before, after }: Counterexample): string {
  const block = (label: string, lines: readonly string[]): string[] =>
    lines.map((line, index) => `${(index === 0 ? label : '').padEnd(10)} ${line}`);
  const text = [
    ...requestLines(request).flatMap(([label, line]) => block(label, [line])),
    ...block('before', toldLines(before)),
    ...block('now', toldLines(after)),
  ].join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `<details><summary>${html(`${rowName(row)}: ${what}, for example`)}</summary>\n\n${fence}text\n${text}\n${fence}\n\n</details>`;
}

const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** Inline code that ends where it should, in a cell of a table too. */
function code(text: string): string {
  const shown = printable(text).replaceAll('|', String.raw`\|`);
  const fence = '`'.repeat(longestRun(shown) + 1);
  const space = fence.length > 1 ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

const plain = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>|@#&!~]/g, String.raw`\$&`);
const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('@', '&#64;');

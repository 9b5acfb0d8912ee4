import { WIDTH, wrapped } from '../wrapped.ts';
import type { Cell, Matrix } from './cell.ts';
import { groupName } from './compare.ts';

const SIGN: Readonly<Record<string, string>> = { always: '✓', never: '·', unknown: '?' };

/** The matrix for a terminal of 80 columns: a table for each set, conditions as numbered lines below it. */
export function matrixTable(matrix: Matrix): string {
  const sets = [...new Set(matrix.cells.map(({ set }) => set))];
  const guardrails = matrix.guardrails.map(({ id, text }) => wrapped(`${id}: ${text}`, '  ', '    '));
  return [
    ...sets.map((set) =>
      setTable(
        set,
        matrix.cells.filter((cell) => cell.set === set),
      ),
    ),
    ...(guardrails.length > 0
      ? [['guardrails, which deny whatever the table says:', ...guardrails].join('\n')]
      : []),
    '✓ always   · never   1 on conditions, below   ? unknown   ~ only sampled',
  ].join('\n\n');
}

function setTable(set: string, cells: readonly Cell[]): string {
  const columns = unique(cells.map(({ groups }) => columnOf(groups, set))).sort(byColumn);
  const letters = new Map(columns.map((column, index) => [column, letter(index)]));
  const notes = new Map<string, number>();
  const rows = unique(cells.map((cell) => rowOf(cell, cells)));
  const space = WIDTH - 2 - 3 * columns.length;
  const nameWidth = Math.max(20, Math.min(space, Math.max(...rows.map(({ length }) => length)) + 1));
  const line = (name: string, signs: readonly string[]): string => {
    const shown = name.length > nameWidth ? `${name.slice(0, nameWidth - 1)}…` : name;
    return `  ${shown.padEnd(nameWidth)}${signs.map((sign) => sign.padStart(3)).join('')}`.trimEnd();
  };
  const body = rows.map((row) => {
    const own = new Map(
      cells.filter((cell) => rowOf(cell, cells) === row).map((cell) => [columnOf(cell.groups, set), cell]),
    );
    return line(
      row,
      columns.map((column) => sign(own.get(column), notes)),
    );
  });
  const legend = columns.map((column) => `${letters.get(column)} ${column}`).join('   ');
  return [
    set,
    wrapped(legend, '  ', '  '),
    line(
      '',
      columns.map((column) => letters.get(column)!),
    ),
    ...body,
    ...[...notes].map(([text, number]) => wrapped(`${number} ${text}`, '  ', '    ')),
  ].join('\n');
}

function sign(cell: Cell | undefined, notes: Map<string, number>): string {
  if (!cell) return '';
  const unsure = cell.certainty.kind === 'sampled' ? '~' : '';
  const plain = SIGN[cell.verdict];
  if (plain !== undefined) return `${unsure}${plain}`;
  const text = cell.conditions.join('\n');
  const number = notes.get(text) ?? notes.size + 1;
  notes.set(text, number);
  return `${unsure}${number}`;
}

const columnOf = (groups: readonly string[], set: string): string =>
  groups.length === 0 ? NO_GROUP : groups.map((group) => groupName(group, set)).join('+');

const NO_GROUP = 'in no group';

const byColumn = (a: string, b: string): number =>
  Number(b === NO_GROUP) - Number(a === NO_GROUP) ||
  a.split('+').length - b.split('+').length ||
  (a < b ? -1 : a > b ? 1 : 0);

/** The action, and what tells it apart where it can be about several types. */
function rowOf({ action, principal, resource }: Cell, all: readonly Cell[]): string {
  const same = all.filter((cell) => cell.action === action);
  const types = [
    ...(same.some((cell) => cell.principal !== principal) ? [short(principal)] : []),
    ...(same.some((cell) => cell.resource !== resource) ? [short(resource)] : []),
  ];
  return types.length > 0 ? `${action} (${types.join(', ')})` : action;
}

const short = (type: string): string => type.slice(type.lastIndexOf(':') + 1);
const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

/** `a` to `z`, then `aa`, `ab`, … */
const letter = (index: number): string =>
  `${index >= 26 ? letter(Math.floor(index / 26) - 1) : ''}${String.fromCodePoint(97 + (index % 26))}`;

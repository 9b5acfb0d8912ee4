import { readFile, writeFile } from 'node:fs/promises';
import type { Matrix } from '../dsl/analyze/matrix/cell.ts';
import { compareMatrices, type Move, moveText } from '../dsl/analyze/matrix/compare.ts';
import { matrixText, readMatrix, type WrittenMatrix, writtenMatrix } from '../dsl/analyze/matrix/file.ts';
import { matrixHtml } from '../dsl/analyze/matrix/html.ts';
import { matrixOf } from '../dsl/analyze/matrix/matrix.ts';
import { matrixTable } from '../dsl/analyze/matrix/table.ts';
import type { Semantics } from '../dsl/analyze/verdict.ts';
import { Expected } from './fail.ts';
import { type PolicyChoice, policySetsOf, withOracle } from './policy-sets.ts';
import { createProgress } from './progress.ts';
import { print } from './terminal.ts';

export interface MatrixArgs extends PolicyChoice {
  readonly semantics: Semantics;
  readonly json: boolean;
  /** File of a page to write. */
  readonly html?: string;
  /** File of a matrix to compare with. */
  readonly check?: string;
  /** File of a matrix to write. */
  readonly write?: string;
}

/** The verdict of a matrix that is not the committed one. */
const MOVED = 10;

/** `cedarwright matrix`. Returns the exit code. */
export async function matrix(root: string, args: MatrixArgs): Promise<number> {
  const committed = args.check === undefined ? undefined : await committedMatrix(args.check);
  const sets = await policySetsOf(root, args);
  const progress = createProgress();
  const found = await withOracle((oracle) =>
    matrixOf(sets, { oracle, semantics: args.semantics, progress: progress.tell }),
  ).finally(progress.end);
  if (args.html !== undefined) await writeFile(args.html, matrixHtml(found));
  if (args.write !== undefined) await writeFile(args.write, matrixText(writtenMatrix(found)));
  if (committed) return report(compareMatrices(only(committed, args.tenants), writtenMatrix(found)), args);
  if (args.json) print(matrixText(writtenMatrix(found)).trimEnd());
  else summary(found, args);
  return 0;
}

async function committedMatrix(file: string): Promise<WrittenMatrix> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new Expected(`${file} is not there — write it: npx cedarwright matrix --write`);
  const read = readMatrix(text);
  if (read) return read;
  throw new Expected(`${file} is no access matrix — write it anew: npx cedarwright matrix --write`);
}

/** Of tenants that are not asked about, nothing has moved. */
const only = (committed: WrittenMatrix, tenants: readonly string[]): WrittenMatrix =>
  tenants.length === 0
    ? committed
    : { ...committed, cells: committed.cells.filter(({ set }) => tenants.includes(set)) };

function report(moves: readonly Move[], { json, check = '' }: MatrixArgs): number {
  if (json) {
    print(
      JSON.stringify(
        { moved: moves.map(({ cell, what, opens }) => ({ ...cell, what, opens })) },
        undefined,
        2,
      ),
    );
  } else if (moves.length === 0) {
    print(`nothing has moved since ${check}`);
  } else {
    for (const move of moves) print(`${move.opens ? '!' : ' '} ${moveText(move)}`);
    print(
      `${moves.length} moved since ${check}, ! may open something. Meant? npx cedarwright matrix --write`,
    );
  }
  return moves.length === 0 ? 0 : MOVED;
}

function summary(found: Matrix, { html, write }: MatrixArgs): void {
  const files = [html, write].filter((file) => file !== undefined);
  if (files.length === 0) print(matrixTable(found));
  for (const file of files) print(`${file}: ${found.cells.length} cells`);
}

import { readFile, writeFile } from 'node:fs/promises';
import type { Matrix } from '../dsl/analyze/matrix/cell.ts';
import { compareMatrices, type Move, moveText } from '../dsl/analyze/matrix/compare.ts';
import { matrixText, readMatrix, type WrittenMatrix, writtenMatrix } from '../dsl/analyze/matrix/file.ts';
import { matrixHtml } from '../dsl/analyze/matrix/html.ts';
import { matrixOf } from '../dsl/analyze/matrix/matrix.ts';
import { matrixTable } from '../dsl/analyze/matrix/table.ts';
import type { Semantics } from '../dsl/analyze/verdict.ts';
import type { Ending } from './ending.ts';
import { Expected } from './fail.ts';
import { type PolicyChoice, policySetsOf, withOracle } from './policy-sets.ts';
import { createProgress } from './progress.ts';

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

/** `cedarwright matrix` */
export async function matrix(root: string, args: MatrixArgs): Promise<Ending> {
  const committed = args.check === undefined ? undefined : await committedMatrix(args.check);
  const sets = await policySetsOf(root, args);
  const progress = createProgress();
  const found = await withOracle((oracle) =>
    matrixOf(sets, { oracle, semantics: args.semantics, progress: progress.tell }),
  ).finally(progress.end);
  if (args.html !== undefined) await writeFile(args.html, matrixHtml(found));
  if (args.write !== undefined) await writeFile(args.write, matrixText(writtenMatrix(found)));
  if (committed) {
    const now = writtenMatrix(found);
    return moved(compareMatrices(sameTenants(committed, now, args.tenants), now), args);
  }
  const output = args.json ? matrixText(writtenMatrix(found)).trimEnd() : summary(found, args);
  return { output, exitCode: 0 };
}

async function committedMatrix(file: string): Promise<WrittenMatrix> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new Expected(`${file} is not there — write it: npx cedarwright matrix --write`);
  const read = readMatrix(text);
  if (read) return read;
  throw new Expected(`${file} is no access matrix — write it anew: npx cedarwright matrix --write`);
}

/** Of tenants that are not asked about, nothing has moved; whose guardrails they are is told only of all together. */
const sameTenants = (
  committed: WrittenMatrix,
  { guardrails }: WrittenMatrix,
  tenants: readonly string[],
): WrittenMatrix =>
  tenants.length === 0
    ? committed
    : { ...committed, guardrails, cells: committed.cells.filter(({ set }) => tenants.includes(set)) };

function moved(moves: readonly Move[], { json, check = '' }: MatrixArgs): Ending {
  const exitCode = moves.length === 0 ? 0 : MOVED;
  if (json) {
    const all = moves.map(({ cell, what, opens }) => ({ ...cell, what, opens }));
    return { output: JSON.stringify({ moved: all }, undefined, 2), exitCode };
  }
  if (moves.length === 0) return { output: `nothing has moved since ${check}`, exitCode };
  const lines = [
    ...moves.map((move) => `${move.opens ? '!' : ' '} ${moveText(move)}`),
    `${moves.length} moved since ${check}, ! may open something. Meant? npx cedarwright matrix --write`,
  ];
  return { output: lines.join('\n'), exitCode };
}

function summary(found: Matrix, { html, write }: MatrixArgs): string {
  const files = [html, write].filter((file) => file !== undefined);
  if (files.length === 0) return matrixTable(found);
  return files.map((file) => `${file}: ${found.cells.length} cells`).join('\n');
}

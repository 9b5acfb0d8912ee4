import { existsSync } from 'node:fs';
import path from 'node:path';
import { linesOf } from '../dsl/analyze/replay/lines.ts';
import { type Group, replay as replayLines, type Replayed } from '../dsl/analyze/replay/replay.ts';
import { load, type LoadedProject, loadSources, sourcesOf } from '../dsl/analyze/revision/revision.ts';
import type { Semantics } from '../dsl/analyze/verdict.ts';
import type { Ending } from './ending.ts';
import { Expected } from './fail.ts';
import { createProgress } from './progress.ts';

export interface ReplayArgs {
  readonly files: readonly string[];
  /** Whose policies are asked: the folder of a project, or a git revision of this one. */
  readonly candidate: string;
  readonly semantics: Semantics;
  readonly json: boolean;
}

/** Verdicts, as of a diff: narrower only, something opened, not everything known. */
const NARROWER = 10;
const OPENED = 11;
const UNSURE = 12;

/** `cedarwright replay` */
export async function replay(root: string, args: ReplayArgs): Promise<Ending> {
  const { files, semantics, json } = args;
  const missing = files.find((file) => file !== '-' && !existsSync(file));
  if (missing !== undefined) throw new Expected(`there is no file ${missing}`);
  const candidate = await candidateOf(root, args.candidate);
  const progress = createProgress();
  const found = await replayLines(allLines(files), candidate, { semantics, progress: progress.tell }).finally(
    progress.end,
  );
  const output = json ? JSON.stringify(found, undefined, 2) : report(found);
  return { output, exitCode: verdict(found) };
}

/** @throws ProblemsError with the mistakes in it, Expected when there is none */
async function candidateOf(root: string, name: string): Promise<LoadedProject> {
  if (path.resolve(root, name) === path.resolve(root)) return load(root);
  const sources = await sourcesOf(root, name);
  if (sources) return loadSources(root, { name, sources });
  throw new Expected(`"${name}" is neither a folder with tenants/ nor a git revision`);
}

function verdict({ groups, unknown, changed }: Replayed): number {
  if (groups.some(({ now }) => now === 'allow')) return OPENED;
  if (unknown > 0) return UNSURE;
  return changed > 0 ? NARROWER : 0;
}

async function* allLines(files: readonly string[]): AsyncGenerator<string | undefined> {
  for (const file of files) {
    try {
      yield* linesOf(file);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      throw new Expected(`${file} cannot be read to its end${code}`);
    }
  }
}

function report({ records, same, changed, unknown, gone, skipped, groups }: Replayed): string {
  return [
    ...groups.flatMap((group) => [
      `${String(group.count).padStart(7)}  ${group.was} -> ${group.now}  ${group.tenant} ${group.action}`,
      `${' '.repeat(9)}${detail(group)}`,
    ]),
    `${records} records: ${same} as before, ${changed} changed, ${unknown} unknown`,
    ...(gone > 0 ? [`${gone} of tenants or actions that are not there any more, which are denied`] : []),
    ...(skipped > 0 ? [`${skipped} lines are no decision records`] : []),
  ].join('\n');
}

function detail({ now, by, phase, example }: Group): string {
  const why =
    now === 'unknown'
      ? `not recorded: ${by.join(', ')}`
      : by.length > 0
        ? `by ${by.join(', ')}`
        : 'no policy allows it';
  return `${phase}: ${why}${example === undefined ? '' : `; for example ${example}`}`;
}

import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Imported, importCedar } from '../dsl/import/import.ts';
import { VOCABULARY_HEAD } from '../dsl/import/schema/typescript.ts';
import { formatProblem } from '../dsl/check/problem.ts';
import { Expected } from './fail.ts';

interface Done {
  readonly stdout: string;
  readonly stderr: string;
  readonly json: object;
}

/** Where the source would go; without one it goes to the terminal, as if it were written here. */
const SOMEWHERE = 'policies.ts';

/**
 * `cedarwright import`: writes the source and its vocabulary, or shows the source.
 * @throws ProblemsError with all that is wrong with the files, Expected when one is missing or would be overwritten
 */
export async function importPolicies(given: { file: string; schema?: string; out?: string }): Promise<Done> {
  for (const file of [given.file, given.schema]) {
    if (file !== undefined && !existsSync(file)) throw new Expected(`there is no file ${file}`);
  }
  const out = path.resolve(given.out ?? SOMEWHERE);
  if (!out.endsWith('.ts')) throw new Expected(`--out ${given.out} is no TypeScript file: end it with .ts`);
  if (path.basename(out) === 'schema.ts') {
    throw new Expected('schema.ts is where the vocabulary goes: choose another name for the policies');
  }
  const imported = await importCedar({ ...given, out });
  if (given.out !== undefined) await writeAll(imported.files);
  const renamed = imported.renamed.map(({ id, was }) => ({ id, was }));
  return {
    json: {
      policies: imported.policies,
      renamed,
      untyped: imported.untyped.map(({ site, message }) => ({ ...site, message })),
      files: [...imported.files].map(([file, text]) => ({ file: shown(file), text })),
    },
    stdout: given.out === undefined ? ([...imported.files.values()][0] ?? '') : summary(imported),
    stderr: notes(imported, given.out),
  };
}

const shown = (file: string): string => path.relative(process.cwd(), file);

const summary = ({ files, policies }: Imported): string =>
  `${policies} ${policies === 1 ? 'policy' : 'policies'} written to ${[...files.keys()].map(shown).join(' and ')}\n`;

const notes = ({ renamed, untyped }: Imported, out: string | undefined): string =>
  [
    ...renamed.map(({ id, was }) => `${JSON.stringify(was)} is called ${id} now\n`),
    ...untyped.map((problem) => `${formatProblem(problem)}; for now it is written without types\n`),
    ...(out === undefined
      ? ['--out writes this to a file, and beside it schema.ts, which it imports\n']
      : []),
  ].join('');

/** Nothing that people may have edited is ever lost: only vocabularies of an earlier import are written over. */
async function writeAll(files: ReadonlyMap<string, string>): Promise<void> {
  for (const [file, text] of files) {
    const before = await readFile(file, 'utf8').catch(() => undefined);
    if (before === undefined || before === text || before.startsWith(VOCABULARY_HEAD)) continue;
    throw new Expected(`${shown(file)} is there already: remove it, or choose another --out`);
  }
  for (const [file, text] of files) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

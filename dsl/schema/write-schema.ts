import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Problem, ProblemsError } from '../check/problem.ts';
import { readLocatedModel } from './read-model.ts';
import { render } from './render.ts';
import { findStale } from './stale.ts';

export interface SchemaOptions {
  /** The API document. */
  readonly api: string;
  /** Words of `x-authz` beside it; by default `authz.yaml` in its folder, where there is one. */
  readonly authz?: string;
  /** The folder of the generated files. */
  readonly out: string;
  /** Write nothing, only compare. */
  readonly check: boolean;
}

export interface WrittenSchema {
  readonly actions: number;
  /** Names of the files, in the folder. */
  readonly files: readonly string[];
  /** What was decided for a document that says nothing of authorization. */
  readonly notes: readonly Problem[];
}

/**
 * Writes what is generated from an API document.
 * @throws ProblemsError with what is wrong in the document, or, when checking, with what is stale
 */
export async function writeSchema({ api, authz, out, check }: SchemaOptions): Promise<WrittenSchema> {
  const folder = path.resolve(out);
  const located = await readLocatedModel(api, authz);
  const files = await render(located.model, { api, folder });
  if (check) {
    const stale = await findStale(located, folder, files);
    if (stale.length > 0) throw new ProblemsError(stale);
  } else {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of files) await writeFile(path.join(folder, name), text);
  }
  return {
    actions: Object.keys(located.model.actions).length,
    files: [...files.keys()],
    notes: located.notes,
  };
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { canonicalJson } from '../../cedar/canonical-json.ts';
import type { Model } from '../../cedar/model.ts';
import type { Problem } from '../check/problem.ts';
import type { LocatedModel } from './read-model.ts';

const REMEDY = 'run npm run schema and commit what it writes';

/** What differs between the generated files on disk and those that the document gives now. */
export async function findStale(
  { model, sites }: LocatedModel,
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [name, text] of files) {
    const file = path.join(folder, name);
    const found = await readFile(file, 'utf8').catch(() => undefined);
    if (found === text) continue;
    if (found !== undefined && name === 'model.json') problems.push(...changes(found, model, sites));
    problems.push(found === undefined ? missing(file) : different(file, found, text));
  }
  return problems;
}

const missing = (file: string): Problem => ({
  code: 'STALE',
  message: `${path.relative(process.cwd(), file)} is missing`,
  remedy: REMEDY,
});

function different(file: string, found: string, expected: string): Problem {
  const lines = expected.split('\n');
  const index = found.split('\n').findIndex((line, n) => line !== lines[n]);
  return {
    site: { file: path.relative(process.cwd(), file), line: Math.max(index, 0) + 1, column: 1 },
    code: 'STALE',
    message: 'this is not what the API document gives',
    remedy: REMEDY,
  };
}

/** Actions that were added, changed or removed since the files were written. */
function changes(found: string, model: Model, sites: LocatedModel['sites']): Problem[] {
  const before = actionsIn(found);
  const names = new Set([...Object.keys(model.actions), ...Object.keys(before)]);
  return [...names].sort().flatMap((name): Problem[] => {
    const [now, then] = [model.actions[name], before[name]];
    if (now && then && canonicalJson(now) === canonicalJson(then)) return [];
    const site = sites.get(name);
    const what = !then ? 'is new' : now ? 'has changed' : 'is gone';
    const message = `"${name}" ${what} since the generated files were written`;
    return [{ ...(site && { site }), code: 'STALE', message, remedy: REMEDY }];
  });
}

/** None where the file is broken: then every action is new, which is what it looks like to a reader. */
function actionsIn(text: string): Readonly<Record<string, object>> {
  try {
    const { actions = {} }: { readonly actions?: Readonly<Record<string, object>> } = JSON.parse(text);
    return actions;
  } catch {
    return {};
  }
}

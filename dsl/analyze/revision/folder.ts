import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { PARTS, relevantPaths, type Sources } from './sources.ts';

/** The files of the project in a folder; undefined when there is none. */
export async function folderSources(folder: string): Promise<Sources | undefined> {
  const entries = await stat(path.join(folder, 'tenants')).catch(() => undefined);
  if (!entries?.isDirectory()) return undefined;
  const paths = (await Promise.all(PARTS.map((part) => filesIn(folder, part)))).flat();
  const wanted = relevantPaths(paths);
  return new Map(
    await Promise.all(wanted.map(async (file) => [file, await readFile(path.join(folder, file))] as const)),
  );
}

async function filesIn(root: string, part: string): Promise<string[]> {
  const found = await stat(path.join(root, part)).catch(() => undefined);
  if (!found) return [];
  if (!found.isDirectory()) return [part];
  const names = (await readdir(path.join(root, part))).filter((name) => name !== 'node_modules');
  return (await Promise.all(names.map((name) => filesIn(root, `${part}/${name}`)))).flat();
}

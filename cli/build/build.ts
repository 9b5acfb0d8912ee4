import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Expected } from '../fail.ts';
import { inspect } from '../inspect.ts';
import { artifacts, MANIFEST, WRITTEN_BY } from './artifacts.ts';

/**
 * `cedarwright build`: writes what would be deployed into a folder, in place of what an earlier build wrote there.
 * @returns paths of the files, sorted
 * @throws ProblemsError when the project is not in order
 * @throws Expected when the folder holds something else
 */
export async function build(root: string, out: string): Promise<readonly string[]> {
  const folder = path.resolve(root, out);
  if (!(await isOurs(folder)))
    throw new Expected(`${out} holds what no build wrote — name another folder, or empty it`);
  const { model, tenants } = await inspect(root, Promise.resolve([]));
  const files = artifacts(model, tenants);
  // Whole: what a retired tenant left would look as if it were deployed.
  await rm(folder, { recursive: true, force: true });
  for (const [file, text] of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  return [...files.keys()].sort();
}

/** Whether nothing is lost with a folder: all its files are named in the manifest that a build left there. */
async function isOurs(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : undefined),
  );
  const present = entries
    ?.filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  if (present === undefined || present.length === 0) return present !== undefined;
  const known = new Set(await filesOf(path.join(folder, MANIFEST)));
  return present.every((file) => known.has(file));
}

async function filesOf(manifest: string): Promise<readonly string[]> {
  try {
    const { writtenBy, files = [] }: { writtenBy?: unknown; files?: readonly string[] } = JSON.parse(
      await readFile(manifest, 'utf8'),
    );
    return writtenBy === WRITTEN_BY ? files : [];
  } catch {
    return [];
  }
}

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROGRAM, type Sources } from './sources.ts';

/** The language of the program that runs. */
const LANGUAGE = fileURLToPath(new URL('../../language.ts', import.meta.url));

/** Works on sources in a temporary folder, with the packages of a project and the language of this program. */
export async function inFolder<T>(
  sources: Sources,
  project: string,
  work: (root: string) => Promise<T>,
): Promise<T> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'cedarwright-revision-')));
  try {
    const folders = new Set([...sources.keys()].map((file) => path.dirname(path.join(root, file))));
    for (const folder of folders) await mkdir(folder, { recursive: true });
    await Promise.all([...sources].map(([file, content]) => write(root, file, content)));
    const packages = packagesOf(project);
    if (packages !== undefined) await symlink(packages, path.join(root, 'node_modules'), 'junction');
    return await work(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function write(root: string, file: string, content: Buffer): Promise<void> {
  const target = path.join(root, file);
  // Git takes any name for a file, and would check out none of these.
  if (path.relative(root, target) !== path.normalize(file))
    throw new Error(`${file} is no path of a project`);
  if (file === PROGRAM) await symlink(LANGUAGE, target);
  else await writeFile(target, content);
}

/** Where the modules of a project find packages: beside it, or above. */
function packagesOf(folder: string): string | undefined {
  const here = path.join(folder, 'node_modules');
  if (existsSync(here)) return here;
  const above = path.dirname(folder);
  return above === folder ? undefined : packagesOf(above);
}

import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { initProject, type NewProject as Made } from '../../../cli/init/init.ts';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));

export const FIXTURES = path.join(REPOSITORY, 'test/fixtures/openapi');

/** Files by their paths, in a folder of their own. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'cedarwright-init-')));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  return folder;
}

export interface NewProject extends Made {
  readonly root: string;
  close(): Promise<void>;
}

/** A project as `init` makes it and `npm install` links this package into it. */
export async function newProject(api: string, name = 'shop'): Promise<NewProject> {
  const folder = await folderWith({});
  const root = path.join(folder, name);
  const made = await initProject({ api, out: root });
  await mkdir(path.join(root, 'node_modules/.bin'), { recursive: true });
  await symlink(REPOSITORY, path.join(root, 'node_modules/cedarwright'));
  await symlink('../cedarwright/cli/cedarwright.js', path.join(root, 'node_modules/.bin/cedarwright'));
  return { ...made, root, close: () => rm(folder, { recursive: true }) };
}

import { cp, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** Enough for most. */
const TENANTS = ['acme', 'globex', 'retail'];

export interface Project {
  readonly root: string;
  readonly repository: string;
  /** Text of a tenant file. */
  read(slug: string): Promise<string>;
  write(slug: string, source: string): Promise<void>;
  remove(slug: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * A project with tenant files of its own to edit; all else is this repository's.
 * @param slugs the tenants it has: each makes a start longer
 */
export async function copyProject(slugs: readonly string[] = TENANTS): Promise<Project> {
  const root = await mkdtemp(path.join(tmpdir(), 'cedarwright-test-'));
  for (const name of ['shared', ...slugs.map((slug) => `${slug}.ts`)]) {
    await cp(path.join(REPOSITORY, 'tenants', name), path.join(root, 'tenants', name), { recursive: true });
  }
  const linked = ['dsl', 'cedar', 'node_modules', 'package.json', 'tsconfig.json', 'tsconfig.tenants.json'];
  for (const name of linked) await symlink(path.join(REPOSITORY, name), path.join(root, name));
  const file = (slug: string): string => path.join(root, 'tenants', `${slug}.ts`);
  return {
    root,
    repository: REPOSITORY,
    read: (slug) => readFile(file(slug), 'utf8'),
    async write(slug, source) {
      // Nobody may find half of it.
      await writeFile(`${file(slug)}.new`, source);
      await rename(`${file(slug)}.new`, file(slug));
    },
    remove: (slug) => rm(file(slug)),
    close: () => rm(root, { recursive: true }),
  };
}

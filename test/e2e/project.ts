import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

export interface Project {
  readonly root: string;
  readonly repository: string;
  /** Text of a tenant file. */
  read(slug: string): Promise<string>;
  write(slug: string, source: string): Promise<void>;
  remove(slug: string): Promise<void>;
  close(): Promise<void>;
}

/** A project with tenant files of its own to edit; all else is this repository's. */
export async function copyProject(): Promise<Project> {
  const root = await mkdtemp(path.join(tmpdir(), 'cedarwright-test-'));
  await cp(path.join(REPOSITORY, 'tenants'), path.join(root, 'tenants'), { recursive: true });
  const linked = ['dsl', 'cedar', 'node_modules', 'package.json', 'tsconfig.json', 'tsconfig.tenants.json'];
  for (const name of linked) await symlink(path.join(REPOSITORY, name), path.join(root, name));
  const file = (slug: string): string => path.join(root, 'tenants', `${slug}.ts`);
  return {
    root,
    repository: REPOSITORY,
    read: (slug) => readFile(file(slug), 'utf8'),
    write: (slug, source) => writeFile(file(slug), source),
    remove: (slug) => rm(file(slug)),
    close: () => rm(root, { recursive: true }),
  };
}

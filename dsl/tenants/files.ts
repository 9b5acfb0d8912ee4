import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '../check/syntax.ts';
import type { SourceText } from '../check/source-file.ts';

/** A file of the tenants' folder and what it is there for. */
export interface TenantsFile extends SourceText {
  readonly role: Role;
}

/**
 * The tenant files of a project, sorted by name. Only files directly in the folder are tenants; those in `shared/` are
 * what they import, and the guardrails.
 */
export async function readTenantsFolder(root: string, folder: string): Promise<readonly TenantsFile[]> {
  const [tenants, shared] = await Promise.all([sourcesIn(root, folder), sourcesIn(root, `${folder}/shared`)]);
  return [
    ...tenants.map((source) => ({ ...source, role: 'tenant' as const })),
    ...shared.map((source) => ({
      ...source,
      role: source.file === guardrailsFile(folder) ? ('guardrails' as const) : ('shared' as const),
    })),
  ];
}

/** Where every project has its guardrails. */
export const guardrailsFile = (folder: string): string => `${folder}/shared/guardrails.ts`;

async function sourcesIn(root: string, folder: string): Promise<SourceText[]> {
  const names = (await namesIn(join(root, folder)))
    .filter((name) => /^[^.].*(?<!\.d)\.ts$/.test(name))
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const file = `${folder}/${name}`;
      return { file, text: await readFile(join(root, file), 'utf8') };
    }),
  );
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

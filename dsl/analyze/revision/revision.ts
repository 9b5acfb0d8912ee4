import path from 'node:path';
import type { Model } from '../../../cedar/model.ts';
import { ProblemsError } from '../../check/problem.ts';
import { loadModel } from '../../schema/model.ts';
import { loadTenants } from '../../tenants/load.ts';
import type { Tenant } from '../../tenants/tenant.ts';
import { folderSources } from './folder.ts';
import { gitSources } from './git.ts';
import { inFolder } from './materialize.ts';
import type { Sources } from './sources.ts';

/** A project's vocabulary and tenants. */
export interface LoadedProject {
  readonly model: Model;
  readonly tenants: readonly Tenant[];
}

/** The sources of a folder or a git revision; undefined when the name is neither. */
export async function sourcesOf(root: string, name: string): Promise<Sources | undefined> {
  if (name === '') return undefined;
  return (await folderSources(path.resolve(root, name))) ?? gitSources(root, name);
}

/**
 * Loads a project from sources, as its own folder would be: checked, then run apart.
 * @param name of the revision, for messages
 * @param only slugs of the tenants to read; absent: all
 * @throws ProblemsError with the mistakes that are in it
 */
export async function loadSources(
  root: string,
  { name, sources, only }: { name: string; sources: Sources; only?: ReadonlySet<string> },
): Promise<LoadedProject> {
  return inFolder(sources, root, async (folder) => {
    try {
      return await load(folder, only);
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      throw new ProblemsError(
        error.problems.map((problem) => ({ ...problem, message: `at ${name}: ${problem.message}` })),
      );
    }
  });
}

/** Loads the project of a folder. @throws ProblemsError with the mistakes that are in it */
export async function load(root: string, only?: ReadonlySet<string>): Promise<LoadedProject> {
  const model = loadModel(root);
  const { tenants, problems } = await loadTenants({ root, model, types: false, ...(only && { only }) });
  if (problems.length > 0) throw new ProblemsError(problems);
  return { model, tenants };
}

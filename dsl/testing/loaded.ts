import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import type { Model } from '../../cedar/model.ts';
import { ProblemsError } from '../check/problem.ts';
import { loadModel, modelFile } from '../schema/model.ts';
import { loadTenants } from '../tenants/load.ts';
import { session } from './session.ts';
import type { Tenant } from '../tenants/tenant.ts';

/** A project's tenants, guardrails and all, ready to be asked. */
export interface TestedProject {
  readonly root: string;
  readonly model: Model;
  readonly tenants: ReadonlyMap<string, Tenant>;
}

/**
 * Loads a project once a process, however many files test it. Types are the compiler's to check, before.
 * @throws ProblemsError with every mistake of its tenant files
 */
export async function testedProject(root: string): Promise<TestedProject> {
  const project = await realpath(root);
  const known = session.projects.get(project);
  if (known) return known;
  const loading = load(project);
  session.projects.set(project, loading);
  return loading;
}

/** The projects that this process has loaded. */
export const testedProjects = async (): Promise<TestedProject[]> =>
  (await Promise.allSettled(session.projects.values())).flatMap((load) =>
    load.status === 'fulfilled' ? [load.value] : [],
  );

async function load(root: string): Promise<TestedProject> {
  if (!existsSync(modelFile(root))) {
    const message = `${modelFile(root)} is not there`;
    const remedy = 'run this in the folder of a cedarwright project, or npx cedarwright schema first';
    throw new ProblemsError([{ code: 'NO_VOCABULARY', message, remedy }]);
  }
  const model = loadModel(root);
  const { tenants, problems } = await loadTenants({ root, model, types: false });
  if (problems.length > 0) throw new ProblemsError(problems);
  return { root, model, tenants: new Map(tenants.map((tenant) => [tenant.slug, tenant])) };
}

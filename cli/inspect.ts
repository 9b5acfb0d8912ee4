import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Model } from '../cedar/model.ts';
import { type Problem, ProblemsError } from '../dsl/check/problem.ts';
import { DEFAULT_OUT } from '../dsl/schema/defaults.ts';
import { loadModel, modelFile } from '../dsl/schema/model.ts';
import { writeSchema } from '../dsl/schema/write-schema.ts';
import { loadTenants } from '../dsl/tenants/load.ts';
import { oneAMistake } from '../dsl/tenants/one-a-mistake.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import { apiOf } from './project.ts';

/** A project in which everything is in order. */
export interface Inspected {
  readonly model: Model;
  readonly tenants: readonly Tenant[];
}

/**
 * Does what a deployment does before its first resource: is the vocabulary what the API document gives, and are all
 * tenant files in order.
 * @param more mistakes that somebody else looks for at the same time
 * @throws ProblemsError with all that is wrong, sorted by place
 */
export async function inspect(root: string, more: Promise<readonly Problem[]>): Promise<Inspected> {
  const [stale, loaded, others] = await Promise.all([staleness(root), load(root), more]);
  const problems = oneAMistake([stale, loaded.problems, others]);
  if (problems.length > 0 || !loaded.model) throw new ProblemsError(problems);
  return { model: loaded.model, tenants: loaded.tenants };
}

async function staleness(root: string): Promise<readonly Problem[]> {
  try {
    const api = path.join(root, await apiOf(root));
    await writeSchema({ api, out: path.join(root, DEFAULT_OUT), check: true });
    return [];
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}

/** Tenants are read by the vocabulary on disk, which is what they import; without one there is nothing to read them by. */
async function load(root: string): Promise<{
  readonly model?: Model;
  readonly tenants: readonly Tenant[];
  readonly problems: readonly Problem[];
}> {
  if (!existsSync(modelFile(root))) return { tenants: [], problems: [] };
  const model = loadModel(root);
  return { model, ...(await loadTenants({ root, model, types: true })) };
}

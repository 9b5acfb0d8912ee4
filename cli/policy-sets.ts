import type { Model } from '../cedar/model.ts';
import { readPlain } from '../dsl/analyze/plain.ts';
import { type PolicySet, tenantPolicySets } from '../dsl/analyze/policy-set.ts';
import { asking } from '../dsl/analyze/ask.ts';
import { openSolver } from '../dsl/analyze/solver/solver.ts';
import type { Oracle } from '../dsl/analyze/verdict.ts';
import { ProblemsError } from '../dsl/check/problem.ts';
import { loadModel } from '../dsl/schema/model.ts';
import { loadTenants } from '../dsl/tenants/load.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import { Expected } from './fail.ts';

/** Which policies a command looks at: those of a project's tenants, or plain Cedar files. */
export interface PolicyChoice {
  /** Slugs; none for all. */
  readonly tenants: readonly string[];
  readonly schema?: string;
  readonly policies?: string;
  readonly links?: string;
}

/** @throws ProblemsError with the mistakes in them, Expected for a tenant that is not there */
export async function policySetsOf(
  root: string,
  { tenants, schema, policies, links }: PolicyChoice,
): Promise<PolicySet[]> {
  if (schema !== undefined && policies !== undefined) {
    return [await readPlain({ schema, policies, ...(links !== undefined && { links }) })];
  }
  const { model, tenants: chosen } = await chosenTenants(root, tenants);
  return tenantPolicySets(model, chosen);
}

/** Some tenants of a project, or all where none is named. @throws as `policySetsOf` does */
export async function chosenTenants(
  root: string,
  slugs: readonly string[],
): Promise<{ model: Model; tenants: readonly Tenant[] }> {
  const { model, tenants: all } = await loadProject(root);
  const missing = slugs.find((slug) => !all.some((tenant) => tenant.slug === slug));
  if (missing !== undefined) throw new Expected(`there is no tenant "${missing}" in tenants/`);
  return { model, tenants: all.filter(({ slug }) => slugs.length === 0 || slugs.includes(slug)) };
}

/** A project's vocabulary and tenants. @throws ProblemsError with the mistakes in them */
export async function loadProject(root: string): Promise<{ model: Model; tenants: readonly Tenant[] }> {
  const model = loadModel(root);
  const { tenants, problems } = await loadTenants({ root, model, types: false });
  if (problems.length > 0) throw new ProblemsError(problems);
  return { model, tenants };
}

/** Runs with everybody who can answer questions about policies: a solver too, where one is installed. */
export async function withOracle<T>(work: (oracle: Oracle) => Promise<T>): Promise<T> {
  const solver = await openSolver();
  try {
    return await work(asking(solver));
  } finally {
    await solver?.close();
  }
}

import { basename, dirname, join, relative } from 'node:path';
import type { Policy, Site } from '../../../cedar/ast.ts';
import { policyFromPlain } from '../../../cedar/json.ts';
import { isProblems } from '../../check/evaluate.ts';
import { relocate } from '../../check/places.ts';
import type { Problem } from '../../check/problem.ts';
import { readFields, readList, readText } from '../../check/reading.ts';
import { type Evaluated, outcomeOf, run } from '../../check/run.ts';
import type { Sandbox } from '../../check/sandbox.ts';
import { bundleModule } from './bundle-module.ts';

/** A module may hold thousands of policies, which were all imported at once. */
const TIMEOUT_MS = 10_000;

/** The policies of a module. */
export interface ModulePolicies {
  /** In the order of the file. Templates are among them, with their slots. */
  readonly policies: readonly Policy[];
  /** The slug of the tenant that it defines, or for whom guardrails were made. */
  readonly slug?: string;
}

/**
 * Runs a module in the sandbox, as tenant files are run, and reads what it exports.
 * @param file absolute
 * @param example slug of the tenant that guardrails are shown for
 */
export async function evaluateModule(
  sandbox: Sandbox,
  file: string,
  example: string,
): Promise<Evaluated<ModulePolicies>> {
  const root = dirname(dirname(file));
  const folder = basename(dirname(file));
  const name = `${folder}/${basename(file)}`;
  const at: Site = { file: name, line: 1, column: 1 };
  const shown = <P extends { readonly site?: Site }>(problem: P): P =>
    problem.site
      ? { ...problem, site: { ...problem.site, file: fromHere(root, problem.site.file) } }
      : problem;
  const failed = (problems: readonly Problem[]): Evaluated<never> => ({
    ok: false,
    problems: problems.map(shown),
  });

  const bundle = await bundleModule(file);
  if (isProblems(bundle)) return failed(bundle);
  const input = { slug: example, kind: 'saasTenant', dataTenants: [example] };
  const handed = await run(sandbox, { bundle, input, folder, file: name, at, timeoutMs: TIMEOUT_MS });
  if (!handed.ok) return failed(handed.problems);
  const { json, original } = handed.value;
  const read = outcomeOf(json, (plain) => moduleFromPlain(relocate(plain, original, at)), original, at);
  if (!read.ok) return failed(read.problems);
  const { policies, slug } = read.value;
  return {
    ok: true,
    value: {
      policies: inOrder(policies).map((policy) => relocated(policy, root)),
      ...(slug !== undefined && { slug }),
    },
  };
}

const fromHere = (root: string, file: string): string =>
  relative(process.cwd(), join(root, file)).replaceAll('\\', '/');

function moduleFromPlain(json: unknown): ModulePolicies {
  const { policies, slug } = readFields(json, 'the module', ['policies', 'slug']);
  return {
    policies: readList(policies, 'policies', policyFromPlain),
    ...(slug !== null && { slug: readText(slug, 'slug') }),
  };
}

/** Exports come by name; where all policies are of one file, its own order is the better one. */
function inOrder(policies: readonly Policy[]): readonly Policy[] {
  if (new Set(policies.map(({ at }) => at?.file)).size > 1) return policies;
  return policies.toSorted(
    (a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0),
  );
}

const relocated = (policy: Policy, root: string): Policy =>
  policy.at ? { ...policy, at: { ...policy.at, file: fromHere(root, policy.at.file) } } : policy;

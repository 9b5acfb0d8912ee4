import type { Policy, Site } from '../../cedar/ast.ts';
import type { GuardedTenant } from '../policy/types.ts';
import type { TenantDefinition } from '../tenants/tenant.ts';
import { type Bundle, bundleTenant, type Sources } from './bundle.ts';
import { relocate } from './places.ts';
import { policiesFromPlain, tenantFromPlain } from './plain-tenant.ts';
import type { Problem } from './problem.ts';
import { MalformedError, readFields, readList } from './reading.ts';
import { type Evaluated, guarded, outcomeOf, run } from './run.ts';
import type { Sandbox } from './sandbox.ts';

/** Where files are evaluated: a project and its folder of tenants. */
export interface Place {
  readonly sources: Sources;
  readonly folder: string;
  /** Runs the language's script first. */
  readonly sandbox: Sandbox;
}

/** Runs one tenant file, apart from all others. `at`: for mistakes that have no better place. */
export async function evaluateTenant(
  place: Place,
  file: string,
  at: Site,
): Promise<Evaluated<TenantDefinition>> {
  const bundle = await bundleTenant(place.sources, file);
  if (isProblems(bundle)) return { ok: false, problems: bundle };
  const handed = await run(place.sandbox, { bundle, folder: place.folder, file, at });
  if (!handed.ok) return handed;
  const { json, original } = handed.value;
  return outcomeOf(json, (plain) => tenantFromPlain(relocate(plain, original, at)), original, at);
}

/** The guardrails' file, ready to run. */
export interface Guardrails {
  readonly bundle: Bundle;
  readonly file: string;
  /** For mistakes that have no better place. */
  readonly at: Site;
}

/** Runs the guardrails for some tenants, in a context that no tenant file has touched. One result a tenant, in order. */
export async function evaluateGuardrails(
  place: Place,
  { bundle, file, at }: Guardrails,
  tenants: readonly GuardedTenant[],
): Promise<Evaluated<readonly (readonly Policy[])[]>> {
  const handed = await run(place.sandbox, { bundle, input: tenants, folder: place.folder, file, at });
  if (!handed.ok) return handed;
  const { json, original } = handed.value;
  return guarded(at, () => {
    const outcomes = readList(
      readFields(json, 'the answer', ['outcomes']).outcomes,
      'the answer',
      (outcome) =>
        outcomeOf(outcome, (plain) => policiesFromPlain(relocate(plain, original, at)), original, at),
    );
    if (outcomes.length !== tenants.length)
      throw new MalformedError('the answer', 'list with one for each tenant');
    const problems = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
    if (problems.length > 0) return { ok: false, problems };
    return { ok: true, value: outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])) };
  });
}

export const isProblems = (made: object): made is readonly Problem[] => Array.isArray(made);

import type { Policy } from '../../../cedar/ast.ts';
import { type PlainPolicy, policyToPlain } from '../../../cedar/json.ts';
import { type Problem, ProblemsError } from '../../check/problem.ts';
import { stateOf } from '../../policy/builder.ts';
import { templateOf } from '../../policy/policy-of.ts';
import type { GuardedTenant } from '../../policy/types.ts';
import { writtenGuardrails, writtenTenant } from '../../tenants/define.ts';
import { guardrailsToPlain, type Outcome, tenantToPlain } from '../../tenants/read.ts';

/** What a module exports of policies. */
export interface PlainExports {
  readonly policies: readonly PlainPolicy[];
  /** The slug of the tenant that the module defines. */
  readonly slug: string | null;
}

/**
 * Policies, templates and lists of them that a module exports, each once, and those of a tenant or of guardrails, if it
 * defines them. Runs where the module runs, without Node.
 * @param example the tenant that guardrails are shown for
 */
export function exportsToPlain(module: object, example: GuardedTenant): Outcome<PlainExports> {
  const values: readonly unknown[] = Object.values(module);
  const tenant = values.find((value) => writtenTenant(value));
  if (tenant !== undefined) {
    const read = tenantToPlain(tenant);
    return read.ok ? { ok: true, value: { policies: read.value.policies, slug: read.value.slug } } : read;
  }
  const guardrails = values.find((value) => writtenGuardrails(value));
  if (guardrails !== undefined) {
    const read = guardrailsToPlain(guardrails, example);
    return read.ok ? { ok: true, value: { policies: read.value, slug: example.slug } } : read;
  }
  const problems: Problem[] = [];
  const policies = [...new Set(values.flatMap((value) => buildersIn(value)))].flatMap((builder): Policy[] => {
    try {
      return [templateOf(builder)];
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, value: { policies: policies.map(policyToPlain), slug: null } };
}

/** A list that holds itself would have no end. */
const DEEPEST = 5;

function buildersIn(value: unknown, depth = 0): unknown[] {
  if (stateOf(value)) return [value];
  return Array.isArray(value) && depth < DEEPEST
    ? value.flatMap((inner: unknown) => buildersIn(inner, depth + 1))
    : [];
}

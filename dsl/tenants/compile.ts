import type { Policy, Site } from '../../cedar/ast.ts';
import type { GatewayFacts } from '../../cedar/gateway-facts.ts';
import { scopeHash, sha256Hex } from '../../cedar/hash.ts';
import type { Model } from '../../cedar/model.ts';
import { duplicateIds } from '../check/duplicates.ts';
import { extensionProblems } from '../check/extension.ts';
import { forgedPolicies } from '../check/forged.ts';
import { gatewayProblems } from '../check/gateway.ts';
import { inexactLongs } from '../check/exact-longs.ts';
import { policyLimits, schemaLimit } from '../check/limits.ts';
import { type Printed, printAll } from '../check/printed.ts';
import type { Problem } from '../check/problem.ts';
import type { Evaluated } from '../check/run.ts';
import { userProblems } from '../check/users.ts';
import { validatePrinted } from '../check/validate.ts';
import type { TenantSchemas } from './schemas.ts';
import type { CompiledPolicy, SchemaExtension, Tenant, TenantDefinition } from './tenant.ts';

/** What all tenants of a load have in common. */
export interface Vocabulary {
  readonly model: Model;
  readonly facts: GatewayFacts;
  readonly schemasOf: (extension: SchemaExtension) => TenantSchemas;
}

/** A tenant as its file and the guardrails' file define it, each in its own right. */
export interface Draft {
  readonly file: string;
  /** For mistakes that have no better place. */
  readonly at: Site;
  readonly definition: TenantDefinition;
  readonly guardrails: readonly Policy[];
}

/** Checks all that needs no other tenant, and prints and hashes what is stored. */
export function compileTenant(draft: Draft, { model, facts, schemasOf }: Vocabulary): Evaluated<Tenant> {
  const { definition, guardrails, file, at } = draft;
  const prefix = definition.slug;
  const shape = [
    ...extensionProblems(definition.attributes, model, at),
    ...userProblems(definition, model, at),
    ...forgedPolicies(definition.policies, { guardrail: false, model, at }),
    ...forgedPolicies(guardrails, { guardrail: true, model, at }),
  ];
  if (shape.length > 0) return { ok: false, problems: shape };

  const schemas = schemasOf(definition.attributes);
  const own = printAll(definition.policies, { prefix, guardrail: false, at });
  const common = printAll(guardrails, { prefix, guardrail: true, at });
  const printed = [...own.printed, ...common.printed];
  const { problems: invalid, enforcedBySchema } = validatePrinted(printed, parsed(schemas.full));
  const stored = printed.filter(({ policy }) => !enforcedBySchema.has(policy.id));
  const problems: Problem[] = [
    ...own.problems,
    ...common.problems,
    ...duplicateIds(printed),
    ...invalid,
    ...inexactLongs(printed),
    ...policyLimits(stored, at),
    ...schemaLimit(schemas.full.cedarJson, at),
    ...schemaLimit(schemas.gateway.cedarJson, at),
  ];
  if (problems.length === 0) {
    problems.push(...gatewayProblems(stored, { schema: parsed(schemas.gateway), facts, prefix }));
  }
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    value: {
      ...definition,
      file,
      policies: stored.map((each) => compiled(each, prefix)),
      enforcedBySchema: [...enforcedBySchema].sort(),
      schema: schemas.full,
      gatewaySchema: schemas.gateway,
    },
  };
}

const parsed = ({ cedarJson }: { readonly cedarJson: string }): object => JSON.parse(cedarJson);

const compiled = ({ policy, guardrail, text, site }: Printed, prefix: string): CompiledPolicy => ({
  id: policy.id,
  effect: policy.effect,
  guardrail,
  statement: text,
  sha256: sha256Hex(text),
  scopeHash: scopeHash(policy, { prefix }),
  policy,
  site,
});

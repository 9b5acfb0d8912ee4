import type { Policy, Site } from '../../cedar/ast.ts';
import type { GatewayFacts } from '../../cedar/gateway-facts.ts';
import { scopeHash, sha256Hex } from '../../cedar/hash.ts';
import type { Model } from '../../cedar/model.ts';
import { readsAnyOf } from '../../cedar/reads.ts';
import { actionAncestorProblems } from '../check/action-ancestors.ts';
import { modeProblems } from '../check/decision-mode.ts';
import { duplicateIds } from '../check/duplicates.ts';
import { extensionProblems } from '../check/extension.ts';
import { forgedPolicies } from '../check/forged.ts';
import { assureSound, foreseeAll } from '../check/findings.ts';
import { gatewayProblems, type Projected, projectAll } from '../check/gateway.ts';
import { identityProblems } from '../check/identity.ts';
import { inexactLongs } from '../check/exact-longs.ts';
import { languageProblems } from '../check/language-version.ts';
import { policyLimits, schemaLimit } from '../check/limits.ts';
import { type Printed, printAll } from '../check/printed.ts';
import type { Problem } from '../check/problem.ts';
import type { Evaluated } from '../check/run.ts';
import { serviceProblems } from '../check/service.ts';
import { userProblems } from '../check/users.ts';
import { validatePrinted } from '../check/validate.ts';
import type { TenantSchemas } from './schemas.ts';
import type { CompiledPolicy, SchemaExtension, Tenant, TenantDefinition } from './tenant.ts';

/** What all tenants of a load have in common. Made of the model alone, whose hash stands for it in what is remembered. */
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

/** A tenant whose policies have Cedar text. */
interface PrintedTenant {
  readonly draft: Draft;
  readonly schemas: TenantSchemas;
  readonly printed: readonly Printed[];
  /** Of those that have none. */
  readonly unprintable: readonly Problem[];
}

/** A tenant whose policies are valid under its own schema. */
interface ValidTenant extends PrintedTenant {
  readonly stored: readonly Printed[];
  readonly projected: readonly Projected[];
  readonly enforcedBySchema: ReadonlySet<string>;
}

/**
 * Checks all of each tenant that needs no other, and prints and hashes what is stored. One result a tenant, in order.
 * Step by step for all of them, because tenants with the same schema share the calls of the validator.
 */
export function compileTogether(drafts: readonly Draft[], vocabulary: Vocabulary): Evaluated<Tenant>[] {
  const printed = drafts.map((draft) => printTenant(draft, vocabulary));
  for (const tenant of printed) if (tenant.ok) assureSound(tenant.value.schemas.full);
  foreseeAll(
    printed.flatMap((tenant) => (tenant.ok ? [[tenant.value.schemas.full, tenant.value.printed]] : [])),
  );
  const valid = printed.map((tenant) => (tenant.ok ? validateTenant(tenant.value, vocabulary) : tenant));
  foreseeAll(
    valid.flatMap((tenant) => (tenant.ok ? [[tenant.value.schemas.gateway, tenant.value.projected]] : [])),
  );
  return valid.map((tenant) => (tenant.ok ? finishTenant(tenant.value, vocabulary) : tenant));
}

function printTenant(draft: Draft, { model, schemasOf }: Vocabulary): Evaluated<PrintedTenant> {
  const { definition, guardrails, at } = draft;
  const prefix = definition.slug;
  const shape = [
    ...extensionProblems(definition.attributes, model, at),
    ...identityProblems(definition, model, at),
    ...userProblems(definition, model, at),
    ...serviceProblems(definition, model, at),
    ...forgedPolicies(definition.policies, { guardrail: false, model, at }),
    ...forgedPolicies(guardrails, { guardrail: true, model, at }),
  ];
  if (shape.length > 0) return { ok: false, problems: shape };
  const own = printAll(definition.policies, { prefix, guardrail: false, at });
  const common = printAll(guardrails, { prefix, guardrail: true, at });
  const schemas = schemasOf(definition.attributes);
  return {
    ok: true,
    value: {
      draft,
      schemas,
      printed: [...own.printed, ...common.printed].map((each) => withinCommon(each, schemas)),
      unprintable: [...own.problems, ...common.problems],
    },
  };
}

/**
 * The validator looks attributes up by their names and nothing else up in what has them. So a policy that names none of
 * those which its tenant adds is as valid without them, and tenants with different schemas share that answer.
 */
const withinCommon = (printed: Printed, { full, common, added }: TenantSchemas): Printed =>
  full === common || readsAnyOf(printed.policy, added) ? printed : { ...printed, within: common };

function validateTenant(tenant: PrintedTenant, { facts }: Vocabulary): Evaluated<ValidTenant> {
  const { draft, schemas, printed, unprintable } = tenant;
  const { definition, at } = draft;
  const { problems: invalid, enforcedBySchema } = validatePrinted(printed, schemas.full);
  const stored = printed.filter(({ policy }) => !enforcedBySchema.has(policy.id));
  const problems: Problem[] = [
    ...unprintable,
    ...duplicateIds(printed),
    ...invalid,
    ...inexactLongs(printed),
    ...languageProblems(printed),
    ...actionAncestorProblems(printed),
    ...policyLimits(stored, at),
    ...schemaLimit(schemas.full.cedarJson, at),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const projected = projectAll(stored, { facts, prefix: definition.slug });
  return { ok: true, value: { ...tenant, stored, projected, enforcedBySchema } };
}

function finishTenant(tenant: ValidTenant, { model, facts }: Vocabulary): Evaluated<Tenant> {
  const { draft, schemas, stored, projected, enforcedBySchema } = tenant;
  const { definition, file, at } = draft;
  const gatewaySchema =
    definition.decisionMode === 'verified-permissions-with-token'
      ? schemas.withToken(definition.kind, definition.tokenUse)
      : schemas.gateway;
  const problems = [
    ...gatewayProblems(projected, schemas.gateway),
    ...modeProblems({ definition, projected, model, facts, schemas, at }),
    ...schemaLimit(gatewaySchema.cedarJson, at),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    value: {
      ...definition,
      file,
      policies: stored.map((each) => compiled(each, definition.slug)),
      enforcedBySchema: [...enforcedBySchema].sort(),
      schema: schemas.full,
      gatewaySchema,
    },
  };
}

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

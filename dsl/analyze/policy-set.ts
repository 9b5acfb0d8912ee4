import type { EntityUid, Policy, Site } from '../../cedar/ast.ts';
import { GROUP_TYPE, type Model } from '../../cedar/model.ts';
import type { CompiledPolicy, StoreSchema, Tenant, TenantKind } from '../tenants/tenant.ts';
import { type Environment, environmentsOf } from './environments.ts';
import { finalPolicy } from './final-policy.ts';
import { type Schema, schemaOf } from './schema.ts';

/** A policy as requests meet it: ids are final, templates are linked. */
export interface AnalyzedPolicy {
  readonly id: string;
  readonly guardrail: boolean;
  readonly policy: Policy;
  readonly site: Site;
}

/** Policies that answer together: a tenant's, or those of a file. */
export interface PolicySet {
  /** The tenant's slug, or the file. */
  readonly name: string;
  /** Where mistakes are told that belong to no policy. */
  readonly file: string;
  readonly schema: Schema;
  readonly policies: readonly AnalyzedPolicy[];
  /** The kinds of request that can come: of a tenant, only those of its kind's principals. */
  readonly environments: readonly Environment[];
  /** The groups that its principals may be in; undefined where only the policies tell. */
  readonly groups?: readonly EntityUid[];
  /** Of those, the ones that are its own. */
  readonly ownGroups?: readonly EntityUid[];
}

/** What of a tenant decides its requests, whether its file or a policy table has it. */
export interface TenantPolicies extends Pick<Tenant, 'slug' | 'file' | 'kind' | 'groups' | 'schema'> {
  readonly policies: readonly Pick<CompiledPolicy, 'id' | 'guardrail' | 'policy' | 'site' | 'sha256'>[];
}

/** The whole policies of tenants, as their backends ask them. */
export function tenantPolicySets(model: Model, tenants: readonly TenantPolicies[]): PolicySet[] {
  const schemas = new Map<string, Schema>();
  const environments = new Map<string, readonly Environment[]>();
  const schemaFor = ({ cedarJson, sha256 }: StoreSchema): Schema => {
    const known = schemas.get(sha256);
    if (known) return known;
    const parsed: object = JSON.parse(cedarJson);
    const schema = schemaOf(parsed);
    schemas.set(sha256, schema);
    return schema;
  };
  const environmentsFor = (schema: StoreSchema, kind: TenantKind): readonly Environment[] => {
    const key = `${kind} ${schema.sha256}`;
    const types = principalsOf(model, kind);
    const found =
      environments.get(key) ??
      environmentsOf(schemaFor(schema)).filter(({ principal }) => types.has(principal));
    environments.set(key, found);
    return found;
  };
  return tenants.map((tenant) => {
    const group = (name: string): EntityUid => ({
      type: `${model.namespace}::${GROUP_TYPE}`,
      id: `${tenant.slug}|${name}`,
    });
    return {
      name: tenant.slug,
      file: tenant.file,
      schema: schemaFor(tenant.schema),
      policies: tenant.policies.map(({ id, guardrail, policy, site }) => ({
        id,
        guardrail,
        policy: finalPolicy(policy, tenant.slug),
        site,
      })),
      environments: environmentsFor(tenant.schema, tenant.kind),
      groups: [...new Set([...commonGroups(model, tenant.kind), ...tenant.groups])].sort().map(group),
      ownGroups: tenant.groups.map(group),
    };
  });
}

/** Qualified types of the principals that a kind of tenant has. */
const principalsOf = ({ namespace, principalTypes }: Model, kind: TenantKind): ReadonlySet<string> =>
  new Set(
    Object.entries(principalTypes)
      .filter(([, { kinds }]) => kinds.includes(kind))
      .map(([name]) => `${namespace}::${name}`),
  );

/** The groups of the API that principals of a kind of tenant may be in. */
const commonGroups = ({ groups, principalTypes }: Model, kind: TenantKind): string[] =>
  Object.entries(groups)
    .filter(([, { members }]) => members.some((type) => principalTypes[type]?.kinds.includes(kind)))
    .map(([name]) => name);

import { canonicalJson } from '../cedar/canonical-json.ts';
import { sha256Hex } from '../cedar/hash.ts';
import { parseCedar } from '../cedar/text/policies.ts';
import type { TenantPolicies } from '../dsl/analyze/policy-set.ts';
import type { StoreSchema } from '../dsl/tenants/tenant.ts';
import { Expected } from './fail.ts';
import type { PolicyTable, TableTenant } from './policy-table.ts';

type Compiled = TenantPolicies['policies'][number];

/**
 * The released policies of a deployment, for a comparison with those of a project.
 * @param project what the project's own files come to; a table knows neither vocabulary nor groups
 * @throws Expected when a release is not whole: somebody is deploying
 */
export async function deployedTenants(
  table: PolicyTable,
  project: readonly TenantPolicies[],
): Promise<TenantPolicies[]> {
  const own = new Map(project.map((tenant) => [tenant.slug, tenant]));
  const released = [...table.tenants].filter(([, { release }]) => release !== undefined);
  const kinds = released.every(([slug]) => own.has(slug)) ? new Map() : await table.kinds();
  const schemas = new Map(project.map(({ schema }) => [schema.sha256, schema]));
  const tenants: TenantPolicies[] = [];
  for (const [slug, tenant] of released) {
    const { release } = tenant;
    if (!release) continue;
    const schema = schemas.get(release.schemaSha256) ?? (await storedSchema(table, slug, release));
    schemas.set(schema.sha256, schema);
    tenants.push({
      slug,
      file: own.get(slug)?.file ?? table.name,
      kind: own.get(slug)?.kind ?? kinds.get(slug) ?? 'saasTenant',
      groups: own.get(slug)?.groups ?? [],
      schema,
      policies: Object.entries(release.policies).map(([id, sha256]) =>
        releasedPolicy(table, slug, id, sha256, tenant),
      ),
    });
  }
  return tenants;
}

async function storedSchema(
  table: PolicyTable,
  slug: string,
  { policyStoreId, schemaSha256 }: NonNullable<TableTenant['release']>,
): Promise<StoreSchema> {
  const json: object = JSON.parse(await table.schemaOf(policyStoreId));
  const cedarJson = canonicalJson(json);
  if (sha256Hex(cedarJson) === schemaSha256) return { cedarJson, sha256: schemaSha256 };
  throw new Expected(
    `the policy store of ${slug} has another schema than its release — deploy again, or wait`,
  );
}

function releasedPolicy(
  table: PolicyTable,
  slug: string,
  id: string,
  sha256: string,
  { policies, files }: TableTenant,
): Compiled {
  const statement = policies.get(id);
  if (statement === undefined || sha256Hex(statement) !== sha256) {
    throw new Expected(
      `the release of ${slug} in ${table.name} is not whole: policy ${id} — deploy again, or wait`,
    );
  }
  const [policy] = parseCedar(statement, table.name).policies;
  if (!policy) throw new Expected(`policy ${id} of ${slug} in ${table.name} is no Cedar — deploy again`);
  const site = { file: files.get(id) ?? table.name, line: 1, column: 1 };
  return { id, guardrail: id.startsWith('guardrail-'), policy: { ...policy, id, at: site }, site, sha256 };
}

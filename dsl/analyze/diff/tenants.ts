import type { Model } from '../../../cedar/model.ts';
import { type TenantPolicies, tenantPolicySets } from '../policy-set.ts';
import { diffSet, type DiffOptions, type Versions } from './diff-set.ts';
import type { SetDiff } from './row.ts';

/** A version of all tenants. */
export interface TenantsVersion {
  readonly model: Model;
  readonly tenants: readonly TenantPolicies[];
}

/** A tenant of which nothing was changed that decides. */
export const unchanged = (set: string): SetDiff => ({
  set,
  state: 'same',
  added: { actions: [], types: [] },
  removed: { actions: [], types: [] },
  rows: [],
});

/** Compares the tenants of two versions of a project. Of those that are the same, nothing is asked. */
export async function diffTenants(
  before: TenantsVersion,
  after: TenantsVersion,
  options: DiffOptions,
): Promise<SetDiff[]> {
  const [old, fresh] = [bySlug(before.tenants), bySlug(after.tenants)];
  const slugs = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  // Who has which principals is said in the vocabulary, and not in Cedar's schema.
  const samePrincipals = principalsText(before.model) === principalsText(after.model);
  const same = new Set(slugs.filter((slug) => samePrincipals && isSame(old.get(slug), fresh.get(slug))));
  const versions = versionsOf(before, after, same);
  const diffs: SetDiff[] = [];
  for (const slug of slugs) {
    const changed = versions.get(slug);
    diffs.push(changed ? await diffSet(changed, options) : unchanged(slug));
  }
  return diffs;
}

const principalsText = ({ principalTypes }: Model): string =>
  Object.entries(principalTypes)
    .map(([name, { kinds }]) => `${name}: ${kinds.toSorted().join(' ')}`)
    .toSorted()
    .join('; ');

const bySlug = (tenants: readonly TenantPolicies[]): ReadonlyMap<string, TenantPolicies> =>
  new Map(tenants.map((tenant) => [tenant.slug, tenant]));

function versionsOf(
  before: TenantsVersion,
  after: TenantsVersion,
  same: ReadonlySet<string>,
): ReadonlyMap<string, Versions> {
  const sets = ({ model, tenants }: TenantsVersion) =>
    tenantPolicySets(
      model,
      tenants.filter(({ slug }) => !same.has(slug)),
    );
  const versions = new Map<string, Versions>();
  for (const set of sets(before)) versions.set(set.name, { name: set.name, before: set });
  for (const set of sets(after)) {
    versions.set(set.name, { ...versions.get(set.name), name: set.name, after: set });
  }
  return versions;
}

/** What decides a tenant's requests is in its kind, its schema and the texts of its policies. */
function isSame(before: TenantPolicies | undefined, after: TenantPolicies | undefined): boolean {
  if (!before || !after) return false;
  const texts = ({ policies }: TenantPolicies): string =>
    policies
      .map(({ sha256 }) => sha256)
      .toSorted()
      .join(' ');
  return (
    before.kind === after.kind &&
    before.schema.sha256 === after.schema.sha256 &&
    texts(before) === texts(after)
  );
}

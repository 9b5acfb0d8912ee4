import type { Problem } from '../dsl/check/problem.ts';
import type { Identity } from '../dsl/tenants/identity.ts';
import type { Service } from '../dsl/tenants/service.ts';
import type { Tenant, TenantKind } from '../dsl/tenants/tenant.ts';

/** What a deployment keeps of a tenant, so that the next one can tell what it would change. */
export interface Known {
  readonly kind: TenantKind;
  readonly groups: readonly string[];
  /** Whether its gateway store is the one that is asked with tokens. */
  readonly withToken?: true;
  /** Absent: the people of a user pool of its own. */
  readonly identity?: Identity;
  /** Of a service. */
  readonly service?: Service;
  /** Cedar text by policy id. */
  readonly policies: Readonly<Record<string, string>>;
}

/** A tenant's life: `active`, then `retiring` for one deployment, then `retired` for ever. */
export type Life =
  | ({ readonly state: 'active' } & Known)
  | ({ readonly state: 'retiring' } & Known)
  | { readonly state: 'retired' };

/** By slug. */
export type Lives = Readonly<Record<string, Life>>;

export interface TenantFiles {
  /** What the files define; none of them while one is wrong. */
  readonly tenants: readonly Tenant[];
  /** Slugs of all files, wrong ones too. */
  readonly slugs: readonly string[];
  /** Slugs of the files that say `retired('acme')`. */
  readonly retired: readonly string[];
}

export interface LifePlan {
  /** How every tenant lives once the deployment is through. */
  readonly after: Lives;
  /** Out of the registry and unprotected, with all else as it was. */
  readonly retiring: readonly ({ readonly slug: string } & Known)[];
  readonly problems: readonly Problem[];
}

/**
 * Decides what becomes of each tenant. Two steps lead out: the first takes a tenant out of the registry and can be
 * taken back, with all users still there; the second deletes. A file that is gone, or has another name, is neither.
 */
export function planLives(before: Lives, { tenants, slugs, retired }: TenantFiles): LifePlan {
  const leaving = retired.map((slug) => [slug, afterRetired(before[slug])] as const);
  const gone = Object.keys(before).filter((slug) => !slugs.includes(slug));
  const after = Object.fromEntries([
    ...gone.flatMap((slug): [string, Life][] => (before[slug] ? [[slug, before[slug]]] : [])),
    ...tenants.map((tenant): [string, Life] => [tenant.slug, { state: 'active', ...known(tenant) }]),
    ...leaving,
  ]);
  return {
    after: sorted(after),
    retiring: leaving.flatMap(([slug, life]) => (life.state === 'retiring' ? [{ slug, ...life }] : [])),
    problems: [
      ...gone.flatMap((slug) => vanished(slug, before[slug])),
      ...slugs.filter((slug) => !retired.includes(slug)).flatMap((slug) => usedUp(slug, before[slug])),
      ...tenants.flatMap((tenant) => changedKind(tenant, before[tenant.slug])),
      ...tenants.flatMap((tenant) => lostPool(tenant, before[tenant.slug])),
    ],
  };
}

function afterRetired(life: Life | undefined): Life {
  return life?.state === 'active' ? { ...life, state: 'retiring' } : { state: 'retired' };
}

const known = ({ kind, groups, identity, service, decisionMode, policies }: Tenant): Known => ({
  kind,
  groups,
  ...(identity && { identity }),
  ...(service && { service }),
  ...(decisionMode === 'verified-permissions-with-token' && { withToken: true }),
  policies: Object.fromEntries(policies.map(({ id, statement }) => [id, statement])),
});

function vanished(slug: string, life: Life | undefined): Problem[] {
  if (!life || life.state === 'retired') return [];
  return [
    {
      code: 'TENANT_VANISHED',
      message: `there is no tenants/${slug}.ts, but the tenant ${slug} is deployed: all it has would be deleted, its users too`,
      remedy: `bring the file back, or retire the tenant: npx cedarwright tenant retire ${slug}`,
    },
  ];
}

function usedUp(slug: string, life: Life | undefined): Problem[] {
  if (life?.state !== 'retired') return [];
  return [
    {
      site: { file: `tenants/${slug}.ts`, line: 1, column: 1 },
      code: 'SLUG_RETIRED',
      message: `the tenant ${slug} was retired, and its slug is never used again: tokens, logs and records name the old one by it`,
      remedy: `take another slug, and say export default retired('${slug}') here, or remove the file`,
    },
  ];
}

function changedKind({ slug, kind, file }: Tenant, life: Life | undefined): Problem[] {
  if (!life || life.state === 'retired' || life.kind === kind) return [];
  return [
    {
      site: { file, line: 1, column: 1 },
      code: 'KIND_CHANGED',
      message: `the tenant ${slug} is deployed as ${life.kind}: as ${kind} it would get another user pool, without its users`,
      remedy: `make it ${life.kind} again, or retire it and give the new tenant a slug of its own`,
    },
  ];
}

/** Federation is added to a pool and taken from it as it stands; an issuer has none. */
function lostPool({ slug, identity, file }: Tenant, life: Life | undefined): Problem[] {
  const hasPool = (who: Identity | undefined): boolean => who?.kind !== 'issuer';
  if (!life || life.state === 'retired' || !hasPool(life.identity) || hasPool(identity)) return [];
  return [
    {
      site: { file, line: 1, column: 1 },
      code: 'IDENTITY_CHANGED',
      message: `the tenant ${slug} is deployed with a user pool: with an issuer in its place the pool would be deleted, its users too`,
      remedy: 'take the identity away again, or retire it and give the new tenant a slug of its own',
    },
  ];
}

const sorted = (lives: Lives): Lives =>
  Object.fromEntries(Object.entries(lives).toSorted(([a], [b]) => (a < b ? -1 : 1)));

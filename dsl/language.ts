/**
 * What a project binds to its own API: see `dsl/index.ts`. Runs without Node, since tenant files are evaluated in a
 * context that has only what the language gives.
 */
import { createDsl } from './policy/dsl.ts';
import type {
  CustomerAppDefinition,
  Dsl,
  Extension,
  Federation,
  FederationDefinition,
  GuardrailPolicies,
  OidcIssuer,
  OidcIssuerDefinition,
  SaasTenantDefinition,
  SchemaFamily,
  SchemaWith,
  ServiceClientDefinition,
  WorkforceAppDefinition,
} from './policy/types.ts';
import type { Vocabulary } from './policy/vocabulary.ts';
import { type GuardrailsFile, type TenantFile, tenantKinds } from './tenants/define.ts';

export type * from './policy/types.ts';

type Added<S extends { readonly entityName: string }> = Extension<S['entityName']>;
/** One type for all tenants that add no attributes, so that they share every other type too. */
type Nothing = {};

/** The language of one API, for all its tenants. */
export interface Language<in out F extends SchemaFamily> extends Dsl<SchemaWith<F, Nothing>> {
  /**
   * A customer company with a user pool and a policy store of its own.
   *
   * `policies` receives the language as this tenant speaks it, with its own groups and attributes; policies written
   * with the module's own `permit` and `forbid` are accepted beside them.
   * `saasTenant({ slug: 'acme', groups: ['OPS'], policies: ({ permit }) => [permit().principalInGroup('OPS').id('ops')] })`
   * prints `permit (principal in Shop::Group::"acme|OPS", action, resource);`.
   */
  readonly saasTenant: <G extends string = never, const X extends Added<F['schema']> = Nothing>(
    definition: SaasTenantDefinition<SchemaWith<F, Nothing>, SchemaWith<F, X>, X, G>,
  ) => TenantFile;
  /**
   * An application whose users sign in to a pool of its own, and which may reach rows of the tenants that it names.
   * `customerApp({ slug: 'acme', dataTenants: ['globex'], policies: ({ permit }) => [permit().id('all')] })` prints
   * `permit (principal, action, resource);`.
   */
  readonly customerApp: <G extends string = never, const X extends Added<F['schema']> = Nothing>(
    definition: CustomerAppDefinition<SchemaWith<F, Nothing>, SchemaWith<F, X>, X, G>,
  ) => TenantFile;
  /**
   * An application for the company's own people, who sign in at the company's identity provider: in front of a user
   * pool (`federatedWith`), whose access tokens carry what the subjects table says of them, or alone (`oidcIssuer`).
   * `workforceApp({ slug: 'staff', identity: federatedWith({ issuer: 'https://corp.okta.com', clientId: '0oa1' }),
   * policies: ({ permit }) => [permit().id('all')] })` prints `permit (principal, action, resource);`.
   */
  readonly workforceApp: <G extends string = never, const X extends Added<F['schema']> = Nothing>(
    definition: WorkforceAppDefinition<SchemaWith<F, Nothing>, SchemaWith<F, X>, X, G>,
  ) => TenantFile;
  /**
   * Another system, with credentials of its own and no person behind it: a client of the pool that all services share,
   * and policy stores of its own.
   * `serviceClient({ slug: 'ledger', tier: 'gold', scopes: ['customer:read'], policies: ({ permit }) => [permit().id('all')] })`
   * prints `permit (principal, action, resource);`.
   */
  readonly serviceClient: <const X extends Added<F['schema']> = Nothing>(
    definition: ServiceClientDefinition<SchemaWith<F, Nothing>, SchemaWith<F, X>, X>,
  ) => TenantFile;
  /**
   * The identity provider behind a workforceApp's user pool. What it says of a person's rights counts for nothing:
   * groups and attributes come from the subjects table, by the person's `sub` at the provider.
   */
  readonly federatedWith: (definition: FederationDefinition) => Federation;
  /**
   * An OpenID Connect issuer in place of a user pool. It contributes the claims that are listed and memberships of the
   * tenant's own groups: never a common group, a tenant, or an attribute that the platform sets.
   */
  readonly oidcIssuer: <A extends string>(definition: OidcIssuerDefinition<A>) => OidcIssuer<A>;
  /**
   * Policies that every tenant gets and none can drop. Their ids begin with `guardrail-`.
   * `guardrails(({ slug, forbid }) => [forbid().when(({ principal }) => principal.department.ne(slug)).id('guardrail-own')])`
   * prints `forbid (principal, action, resource) when { principal.department != "acme" };`.
   */
  readonly guardrails: (policies: GuardrailPolicies<SchemaWith<F, Nothing>>) => GuardrailsFile;
  /**
   * A tenant that is going, or has gone: `export default retired('acme')`. The next deployment takes it out of the
   * registry and its protection off, the one after that deletes what it had; its slug is never used again.
   */
  readonly retired: (slug: string) => TenantFile;
  /**
   * Attributes for several tenants, declared once: as cheap for the compiler as one tenant.
   * `saasTenant({ slug: 'acme', attributes: extension({ User: { site: 'String' } }), policies: ({ forbid }) =>
   * [forbid().principalIs('User').when(({ principal }) => principal.site.eq('x')).id('x')] })` prints
   * `forbid (principal is Shop::User, action, resource) when { principal.site == "x" };`.
   */
  readonly extension: <const X extends Added<F['schema']>>(attributes: X) => X;
}

/**
 * Binds the language to the vocabulary of an API, both parts of it as `npm run schema` wrote them.
 * @param model `dsl/generated/model.json`
 * @param op of `dsl/generated/schema.ts`, which has the types too
 */
export function language<F extends SchemaFamily>(model: Vocabulary, op: F['schema']['op']): Language<F> {
  return Object.freeze({
    ...createDsl<SchemaWith<F, Nothing>>(model, op),
    ...tenantKinds(model, op),
    extension: <X>(attributes: X): X => attributes,
  });
}

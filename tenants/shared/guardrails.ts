import { guardrails } from '../../dsl/index.ts';

/** What holds for every tenant of every kind, whatever its own file says. */
export default guardrails(({ slug, dataTenants, forbid, set }) => [
  forbid()
    .when(({ principal }) => principal.tenant.ne(slug))
    .annotate('description', 'Nobody of another tenant')
    .id('guardrail-foreign-principal'),

  forbid()
    .when(({ resource }) => resource.has('tenant', (tenant) => set(dataTenants).contains(tenant).not()))
    .annotate('description', "Nothing of a tenant whose data is out of this one's reach")
    .id('guardrail-foreign-resource'),

  forbid()
    .when(({ principal }) => principal.suspended)
    .annotate('description', 'Nobody who is suspended, even with a token that is still valid')
    .id('guardrail-suspended'),

  forbid()
    .principalIs('Service')
    .actionInGroup('human-only')
    .annotate('description', 'No machine where a person must answer for it')
    .id('guardrail-human-only'),
]);

import type { Plan } from '../plan.ts';

/** `tenants/shared/guardrails.ts`. */
export const guardrailsFile = ({
  hasTenantResources,
}: Plan): string => `import { guardrails } from '../../dsl/index.ts';

/** What holds for every tenant, whatever its own file says. */
export default guardrails(({ slug, ${hasTenantResources ? 'dataTenants, set, ' : ''}forbid }) => [
  forbid()
    .when(({ principal }) => principal.tenant.ne(slug))
    .annotate('description', 'Nobody of another tenant')
    .id('guardrail-foreign-principal'),

${hasTenantResources ? FOREIGN_RESOURCE : NO_RESOURCES}
  forbid()
    .when(({ principal }) => principal.suspended)
    .annotate('description', 'Nobody who is suspended, even with a token that is still valid')
    .id('guardrail-suspended'),
]);
`;

const FOREIGN_RESOURCE = `  forbid()
    .when(({ resource }) => resource.has('tenant', (tenant) => set(dataTenants).contains(tenant).not()))
    .annotate('description', "Nothing of a tenant whose data is out of this one's reach")
    .id('guardrail-foreign-resource'),
`;

// The compiler refuses to ask for an attribute that no resource can have.
const NO_RESOURCES = `  // Once operations name resources (x-authz: resource), forbid those of other tenants too:
  // .when(({ resource }) => resource.has('tenant', (tenant) => set(dataTenants).contains(tenant).not()))
`;

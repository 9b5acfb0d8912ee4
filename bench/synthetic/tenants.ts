import { type Operation, TEAMS } from './api.ts';

/** What a tenant adds to the API's vocabulary. */
export type Additions = 'nothing' | 'groups' | 'attributes';

export interface TenantsArgs {
  readonly operations: readonly Operation[];
  readonly tenants: number;
  readonly additions: Additions;
}

export const POLICIES_A_TENANT = 20;

/**
 * Tenant files as people write them: of 20 policies 12 are about one action, 5 about three, 2 about an action group, and
 * one names the principal's type. File name -> text.
 */
export function tenantFiles({ operations, tenants, additions }: TenantsArgs): ReadonlyMap<string, string> {
  const next = numbers();
  const operation = (): Operation => operations[next(operations.length)]!;
  return new Map(
    Array.from({ length: tenants }, (_, number) => {
      const slug = `tenant-${number}`;
      const policies = Array.from({ length: POLICIES_A_TENANT }, (_unused, index) =>
        policy(index, operation, additions === 'groups' ? [`G${number}A`, `G${number}B`] : []),
      );
      return [`${slug}.ts`, tenantFile(slug, number, additions, policies)];
    }),
  );
}

/** For every tenant, as every project has them. */
export const GUARDRAILS = `import { guardrails } from '../../dsl/index.ts';

export default guardrails(({ slug, dataTenants, forbid, set }) => [
  forbid().when(({ principal }) => principal.tenant.ne(slug)).id('guardrail-foreign-principal'),
  forbid()
    .when(({ resource }) => resource.has('tenant', (tenant) => set(dataTenants).contains(tenant).not()))
    .id('guardrail-foreign-resource'),
  forbid().when(({ principal }) => principal.suspended).id('guardrail-suspended'),
]);
`;

function tenantFile(slug: string, number: number, additions: Additions, policies: readonly string[]): string {
  const added = {
    nothing: '',
    groups: `\n  groups: ['G${number}A', 'G${number}B', 'G${number}C'],`,
    attributes: `\n  attributes: { User: { costCenter${number}: 'String' } },`,
  }[additions];
  return `import { saasTenant } from '../dsl/index.ts';

export default saasTenant({
  slug: '${slug}',${added}
  policies: ({ permit, forbid, ip }) => [
${policies.join('\n')}
  ],
});
`;
}

function policy(index: number, operation: () => Operation, ownGroups: readonly string[]): string {
  const { name, resource, group } = operation();
  const id = `.id('policy-${index}')`;
  if (index < 12) {
    // Whoever the tenant likes may be in a group of its own; in a common one only users.
    const own = ownGroups[index];
    const who =
      own === undefined
        ? `principalInGroup('team${index % TEAMS}')`
        : `principalIs('User').principalInGroup('${own}')`;
    return `    permit().${who}.action('${name}').when(({ principal, resource, context }) =>
      resource.owner.eq(principal).and(
        resource.tags${resource}.contains('x'), context.ip.isInRange(ip('10.0.0.0/8')), principal.age.gte(18),
      ))${id},`;
  }
  if (index < 17) {
    const names = [name, operation().name, operation().name].map((each) => `'${each}'`).join(', ');
    return `    permit().actions([${names}]).when(({ principal, resource }) =>
      resource.public.or(resource.owner.department.eq(principal.department), resource.size.lt(10)))
      .unless(({ context }) => context.mfa.eq(false))${id},`;
  }
  if (index < 19) {
    return `    forbid().actionInGroup('${group}').unless(({ principal, resource }) =>
      principal.age.plus(1).gt(17).and(resource.tenant.like('tenant-*')))${id},`;
  }
  return `    permit().principalIs('User').action('${name}').when(({ principal, resource }) =>
      principal.nick.has((nick) => nick.like('a*')).and(resource.at${resource}.lt(resource.at${resource})))${id},`;
}

/** The same sequence in every run: a figure may only change with the code. */
function numbers(): (below: number) => number {
  let state = 42;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

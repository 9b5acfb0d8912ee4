import type { Site } from '../../cedar/ast.ts';
import type { Problem } from '../check/problem.ts';
import type { TenantDefinition } from './tenant.ts';

/** Tenants whose rows another tenant may not reach, or that are not there. `slugs`: of all tenants. */
export function dataTenantProblems(
  { slug, kind, dataTenants }: TenantDefinition,
  slugs: ReadonlySet<string>,
  at: Site,
): Problem[] {
  const others = dataTenants.filter((other) => other !== slug);
  const problem = (message: string, remedy: string): Problem => ({
    site: at,
    code: 'DATA_TENANTS',
    message,
    remedy,
  });
  if (kind === 'saasTenant') {
    return others.map((other) =>
      problem(`a saasTenant reaches its own rows only, not those of "${other}"`, 'leave dataTenants out'),
    );
  }
  const unknown = others.filter((other) => !slugs.has(other));
  return [
    ...unknown.map((other) => problem(`there is no tenant "${other}"`, 'name tenants that have a file')),
    ...(dataTenants.length === 0 ? [problem('dataTenants is empty', 'name a tenant, or leave it out')] : []),
  ];
}

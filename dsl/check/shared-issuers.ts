import type { Site } from '../../cedar/ast.ts';
import type { TenantDefinition } from '../tenants/tenant.ts';
import type { Problem } from './problem.ts';

interface Placed {
  readonly definition: TenantDefinition;
  readonly at: Site;
}

/**
 * Tenants that claim the same application of the same issuer: whose token one of its is, nobody could tell. Several
 * tenants may share an issuer.
 */
export function sharedIssuers(tenants: readonly Placed[]): Problem[] {
  const owners = new Map<string, string>();
  return tenants.flatMap(({ definition: { slug, identity }, at }) =>
    (identity?.kind === 'issuer' ? identity.clients : []).flatMap((client): Problem[] => {
      const key = JSON.stringify([identity?.issuer, client]);
      const owner = owners.get(key);
      owners.set(key, slug);
      if (owner === undefined) return [];
      return [
        {
          site: at,
          code: 'IDENTITY',
          message: `the client "${client}" of ${identity?.issuer} is that of "${owner}"`,
          remedy: 'give every tenant applications of its own',
        },
      ];
    }),
  );
}

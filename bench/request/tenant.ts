import { compile } from '../../authz/sync/compile.ts';
import type { SnapshotPolicy } from '../../authz/tables/sync-state.ts';
import { gatewayFacts } from '../../cedar/gateway-facts.ts';
import type { Model } from '../../cedar/model.ts';
import { projectPolicy } from '../../cedar/project.ts';
import { cedarSchema } from '../../dsl/schema/cedar-schema.ts';
import { gatewaySchema } from '../../dsl/schema/gateway-schema.ts';
import { tokenSchema } from '../../dsl/schema/token-schema.ts';

/** A small API of things to edit, and a tenant of it with policies enough to be one. */

export const SLUG = 'acme';
export const USER_POOL = 'us-east-1_Bench0001';
const ROUTE = { method: 'PUT', path: '/things/{id}' } as const;
const NAME = `${ROUTE.method} ${ROUTE.path}`;
const STRING = { kind: 'String' } as const;
const POLICIES = 50;

/** The API with its one operation protected or public. */
export const modelWith = (access: 'protected' | 'public'): Model => ({
  namespace: 'Bench',
  principalTypes: {
    User: {
      kinds: ['saasTenant'],
      attributes: {
        tenant: { type: STRING, required: true, from: { source: 'tenant' } },
        suspended: { type: { kind: 'Bool' }, required: true, from: { source: 'claim', claim: 'suspended' } },
      },
    },
  },
  entityTypes: {
    Group: { parents: [], attributes: {}, tenancy: 'tenant' },
    Thing: { parents: [], attributes: { tenant: { type: STRING, required: true } }, tenancy: 'tenant' },
  },
  actions:
    access === 'public'
      ? {}
      : {
          [NAME]: {
            groups: ['write'],
            principals: ['User'],
            resources: ['Thing'],
            context: {},
            route: {
              ...ROUTE,
              key: 'putThing',
              resource: { type: 'Thing', id: { from: 'path', parameter: 'id' } },
              sensitive: false,
            },
          },
        },
  actionGroups: { write: { groups: [] } },
  groups: {},
  publicRoutes: access === 'public' ? [ROUTE] : [],
});

const model = modelWith('protected');
const text = (schema: object): string => JSON.stringify(schema);
export const SCHEMAS = {
  gateway: text(gatewaySchema(model)),
  token: text(tokenSchema(model, 'saasTenant', 'access')),
};

/** Each lets one group edit; one forbid is a guardrail. */
export function policies(): readonly SnapshotPolicy[] {
  const permits = Array.from({ length: POLICIES }, (_, n): [string, string] => [
    `grant-${n}`,
    `permit(principal in Bench::Group::"${SLUG}|GROUP_${n}", action in Bench::Action::"write", resource) when { principal.tenant == resource.tenant };`,
  ]);
  const forbid = 'forbid(principal, action, resource) when { principal.suspended };';
  const facts = gatewayFacts(model);
  const { policies: compiled, rejected } = compile(
    new Map([...permits, ['guardrail-suspended', forbid]]),
    { full: text(cedarSchema(model)), gateway: SCHEMAS.token },
    {
      project: (policy) => projectPolicy(policy, facts),
      token: { model, slug: SLUG, kind: 'saasTenant', use: 'access', userPoolId: USER_POOL },
    },
  );
  if (rejected.size > 0) throw new Error([...rejected.values()].join('\n'));
  return compiled;
}

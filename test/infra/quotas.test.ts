import { expect } from 'chai';
import type { Action, Model } from '../../cedar/model.ts';
import type { Tenant, TenantKind } from '../../dsl/tenants/tenant.ts';
import { isExceeded, quotaUses } from '../../infra/quotas.ts';

const operation = (method: string, path: string): Action => ({
  groups: [],
  principals: [],
  resources: [],
  context: {},
  route: {
    method,
    path,
    key: path,
    resource: { type: 'Endpoint', id: { from: 'endpoint' } },
    sensitive: false,
  },
});

const MODEL: Model = {
  namespace: 'Shop',
  principalTypes: {},
  entityTypes: {},
  actions: {
    'GET /order': operation('GET', '/order'),
    'GET /order/{id}': operation('GET', '/order/{id}'),
    'PUT /order/{id}': operation('PUT', '/order/{id}'),
    ViewButton: { groups: [], principals: [], resources: [], context: {} },
  },
  actionGroups: {},
  groups: { ops: { members: [] } },
  publicRoutes: [{ method: 'GET', path: '/health' }],
};

const tenantOf = (slug: string, kind: TenantKind, over: Partial<Tenant> = {}): Tenant => ({
  slug,
  kind,
  groups: ['a', 'b'],
  file: `tenants/${slug}.ts`,
  policies: [],
  attributes: {},
  users: {},
  tokenUse: 'access',
  decisionMode: 'verified-permissions',
  tokenTtlSeconds: 300,
  dataTenants: [slug],
  enforcedBySchema: [],
  schema: { cedarJson: '{"größe":1}', sha256: '' },
  gatewaySchema: { cedarJson: '{}', sha256: '' },
  ...over,
});

const used = (tenants: readonly Tenant[]): Record<string, number> =>
  Object.fromEntries(quotaUses({ tenants, model: MODEL }).map(({ quota, used }) => [quota, used]));

describe('what tenants take of an account', () => {
  it('is a pool and two stores each, and one pool for all services', () => {
    const tenants = [
      tenantOf('acme', 'saasTenant'),
      tenantOf('app', 'customerApp'),
      tenantOf('one', 'serviceClient'),
      tenantOf('two', 'serviceClient'),
    ];
    expect(used(tenants)).to.deep.include({
      'policy stores': 8,
      'user pools': 3,
      'app clients of a pool, the machines’': 2,
      'groups of a pool, the largest': 3,
      'API keys': 4,
    });
  });

  it('counts each part of a path once, and routes one by one', () => {
    expect(used([])).to.deep.include({ 'resources of a REST API': 4, 'routes of an HTTP API': 4 });
  });

  it('measures schemas in bytes', () => {
    expect(used([tenantOf('acme', 'saasTenant')])['bytes of a schema, the largest']).to.equal(
      Buffer.byteLength('{"größe":1}'),
    );
  });

  it('is told when it is too much, with what to ask for', () => {
    const many = Array.from({ length: 1001 }, (_, index) => tenantOf(`t${index}`, 'saasTenant'));
    const exceeded = quotaUses({ tenants: many, model: MODEL }).filter(isExceeded);
    expect(exceeded.map(({ quota }) => quota)).to.deep.equal(['user pools']);
    expect(exceeded[0]?.raise).to.include('Service Quotas');
    expect(quotaUses({ tenants: many.slice(1), model: MODEL }).filter(isExceeded)).to.deep.equal([]);
  });
});

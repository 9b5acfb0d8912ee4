import { canonicalJson } from '../../../cedar/canonical-json.ts';
import { sha256Hex } from '../../../cedar/hash.ts';
import type { Attribute, Model } from '../../../cedar/model.ts';
import { cedarSchema } from '../../../dsl/schema/cedar-schema.ts';
import { gatewaySchema } from '../../../dsl/schema/gateway-schema.ts';

const text: Attribute = { type: { kind: 'String' }, required: true };
const route = (method: string, key: string, sensitive: boolean) => ({
  method,
  path: '/books/{id}',
  key,
  resource: { type: 'Book', id: { from: 'path', parameter: 'id' } as const },
  sensitive,
});
const action = {
  groups: ['any'],
  principals: ['Reader'],
  resources: ['Book'],
  context: {
    n: { type: { kind: 'Long' }, required: true, from: { source: 'query', name: 'n' } },
  },
} as const;

/** A library with one kind of thing, and one operation of each sort: cached at the gateway, and never cached. */
export const model: Model = {
  namespace: 'Library',
  principalTypes: {
    Reader: {
      kinds: ['saasTenant'],
      attributes: {
        tenant: { ...text, from: { source: 'tenant' } },
        level: {
          type: { kind: 'Long' },
          required: true,
          from: { source: 'claim', claim: 'level' },
          default: 0,
        },
      },
    },
  },
  entityTypes: {
    Book: { parents: [], attributes: { tenant: text, status: text }, tenancy: 'tenant' },
  },
  actions: {
    read: { ...action, route: route('GET', 'readBook', false) },
    write: { ...action, route: route('PUT', 'writeBook', true) },
  },
  actionGroups: { any: { groups: [] } },
  groups: { A: { members: ['Reader'] }, B: { members: ['Reader'] } },
  publicRoutes: [],
};

export const SCHEMA = canonicalJson(cedarSchema(model));
export const GATEWAY_SCHEMA = canonicalJson(gatewaySchema(model));
export const SCHEMA_HASHES = {
  schemaSha256: sha256Hex(SCHEMA),
  gatewaySchemaSha256: sha256Hex(GATEWAY_SCHEMA),
};

import type { Attribute, Model, PrincipalAttribute, Route, ValueType } from '../../../cedar/model.ts';

const text: ValueType = { kind: 'String' };
const required = (type: ValueType): Attribute => ({ type, required: true });
const optional = (type: ValueType): Attribute => ({ type, required: false });
const claim = (name: string, attribute: Attribute, otherwise?: string | boolean): PrincipalAttribute => ({
  ...attribute,
  from: { source: 'claim', claim: name },
  ...(otherwise !== undefined && { default: otherwise }),
});
const registry = (source: 'tenant' | 'kind'): PrincipalAttribute => ({ ...required(text), from: { source } });
const route = (method: string, path: string, type: string, id: Route['resource']['id']): Route => ({
  method,
  path,
  key: `${method} ${path}`,
  resource: { type, id },
  sensitive: false,
});

/** What schema.ts says, as data. */
export const model: Model = {
  namespace: 'Store',
  principalTypes: {
    User: {
      kinds: ['saasTenant'],
      attributes: {
        age: claim('age', required({ kind: 'Long' })),
        department: claim('department', required(text), 'SALES'),
        home: claim(
          'home',
          required({ kind: 'Record', attributes: { city: required(text), zip: optional(text) } }),
        ),
        kind: registry('kind'),
        manager: claim('manager', optional({ kind: 'Entity', name: 'User' })),
        suspended: claim('suspended', required({ kind: 'Bool' }), false),
        tenant: registry('tenant'),
      },
    },
    Robot: { kinds: ['serviceClient'], attributes: { kind: registry('kind') } },
  },
  entityTypes: {
    Order: {
      parents: ['Box'],
      tenancy: 'tenant',
      tags: text,
      attributes: {
        labels: required({ kind: 'Set', of: text }),
        owner: required({ kind: 'Entity', name: 'User' }),
        rate: required({ kind: 'decimal' }),
        tenant: required(text),
        total: required({ kind: 'Long' }),
      },
    },
    Box: { parents: ['Shelf'], tenancy: 'shared', attributes: {} },
    Shelf: { parents: [], tenancy: 'shared', attributes: {} },
    Endpoint: {
      parents: [],
      tenancy: 'shared',
      attributes: { method: required(text), path: required(text) },
    },
  },
  actions: {
    'GET /orders': {
      groups: ['read'],
      principals: ['User', 'Robot'],
      resources: ['Endpoint'],
      context: {},
      route: route('GET', '/orders', 'Endpoint', { from: 'endpoint' }),
    },
    'GET /orders/{id}': {
      groups: ['read'],
      principals: ['User', 'Robot'],
      resources: ['Order'],
      context: {
        ip: { ...required({ kind: 'ipaddr' }), from: { source: 'sourceIp' } },
        reason: { ...optional(text), from: { source: 'header', name: 'x-reason' } },
        stock: { ...required({ kind: 'Long' }), from: { source: 'backend' } },
      },
      route: route('GET', '/orders/{id}', 'Order', { from: 'path', parameter: 'id' }),
    },
    'POST /orders': {
      groups: [],
      principals: ['User'],
      resources: ['Box'],
      context: {},
      route: route('POST', '/orders', 'Box', { from: 'backend' }),
    },
    ShowButton: { groups: [], principals: ['User'], resources: ['Order'], context: {} },
  },
  actionGroups: { read: { groups: [] } },
  groups: { admins: { members: ['User'] } },
  publicRoutes: [],
};

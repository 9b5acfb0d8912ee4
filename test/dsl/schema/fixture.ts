import type { Attribute, Model } from '../../../cedar/model.ts';

const text: Attribute = { type: { kind: 'String' }, required: true };
const user: Attribute = { type: { kind: 'Entity', name: 'User' }, required: true };

/** A small vocabulary with one of everything. */
export const model: Model = {
  namespace: 'Shop',
  principalTypes: {
    User: {
      kinds: ['saasTenant'],
      attributes: {
        tenant: { ...text, from: { source: 'tenant' } },
        nick: { type: { kind: 'String' }, required: false, from: { source: 'claim', claim: 'nick' } },
      },
    },
  },
  entityTypes: {
    Endpoint: { parents: [], tenancy: 'shared', attributes: { method: text, path: text } },
    Folder: { parents: ['Folder'], tenancy: 'tenant', attributes: { tenant: text } },
    Order: {
      description: 'A "*/" in a comment.',
      parents: ['Folder'],
      tenancy: 'tenant',
      attributes: {
        tenant: text,
        'with-dash': text,
        in: text,
        owner: { ...user, description: 'Who ordered.' },
        watchers: { type: { kind: 'Set', of: user.type }, required: false },
        total: { type: { kind: 'Long' }, required: true },
        paid: { type: { kind: 'Bool' }, required: true },
        at: { type: { kind: 'datetime' }, required: true },
        rate: { type: { kind: 'decimal' }, required: true },
        from: { type: { kind: 'ipaddr' }, required: true },
        hold: { type: { kind: 'duration' }, required: true },
        address: {
          type: {
            kind: 'Record',
            attributes: { city: text, zip: { type: { kind: 'String' }, required: false } },
          },
          required: true,
        },
      },
    },
  },
  actions: {
    'GET /orders/{id}': {
      groups: ['read'],
      principals: ['User'],
      resources: ['Order'],
      context: {
        page: { type: { kind: 'Long' }, required: false, from: { source: 'query', name: 'page' } },
        fraud: { type: { kind: 'Bool' }, required: true, from: { source: 'backend' } },
      },
      route: {
        method: 'GET',
        path: '/orders/{id}',
        key: 'getOrder',
        resource: { type: 'Order', id: { from: 'path', parameter: 'id' } },
        sensitive: false,
      },
    },
    'GET /orders': {
      groups: ['read'],
      principals: ['User'],
      resources: ['Endpoint'],
      context: {},
      route: {
        method: 'GET',
        path: '/orders',
        key: 'list-orders',
        resource: { type: 'Endpoint', id: { from: 'endpoint' } },
        sensitive: false,
      },
    },
    "See 'it'": { groups: [], principals: ['User'], resources: ['Order', 'Folder'], context: {} },
  },
  actionGroups: { all: { groups: [] }, read: { groups: ['all'] } },
  groups: { ADMIN: { members: ['User'] } },
  publicRoutes: [],
};

/** A small schema with a group of actions inside another. */
export const SCHEMA = {
  Shop: {
    entityTypes: {
      User: {
        memberOfTypes: ['Role'],
        shape: { type: 'Record', attributes: { tenant: { type: 'String' } } },
      },
      Role: {},
      Order: {
        shape: {
          type: 'Record',
          attributes: { tenant: { type: 'String' }, total: { type: 'Long' } },
        },
      },
    },
    actions: {
      all: {},
      reads: { memberOf: [{ id: 'all' }] },
      'GET /orders/{id}': {
        memberOf: [{ id: 'reads' }],
        appliesTo: {
          principalTypes: ['User'],
          resourceTypes: ['Order'],
          context: { type: 'Record', attributes: { ip: { type: 'Extension', name: 'ipaddr' } } },
        },
      },
    },
  },
};

export const PERMIT_VIEWERS =
  'permit(principal in Shop::Role::"viewer", action in Shop::Action::"all", resource) when { principal.tenant == resource.tenant };';
export const FORBID_LARGE =
  'forbid(principal, action in Shop::Action::"reads", resource) when { resource.total > 1000 };';

export const ALICE = { entityType: 'Shop::User', entityId: 'alice' };
export const VIEWERS = { entityType: 'Shop::Role', entityId: 'viewer' };
export const ORDER = { entityType: 'Shop::Order', entityId: '1' };
export const READ_ORDER = { actionType: 'Shop::Action', actionId: 'GET /orders/{id}' };

/** May alice of `acme` read an order of this tenant and total? In the service's own form. */
export const question = (policyStoreId: string, order: { tenant: string; total: number }) => ({
  policyStoreId,
  principal: ALICE,
  action: READ_ORDER,
  resource: ORDER,
  context: { contextMap: { ip: { ipaddr: '10.0.0.1' } } },
  entities: {
    entityList: [
      { identifier: ALICE, attributes: { tenant: { string: 'acme' } }, parents: [VIEWERS] },
      {
        identifier: ORDER,
        attributes: { tenant: { string: order.tenant }, total: { long: order.total } },
      },
    ],
  },
});

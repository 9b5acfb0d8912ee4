import { shop } from '../shop.ts';
const { permit, forbid, entity, group, op } = shop;

export const policies = [
  permit().id('everything'),
  permit().principal(entity('User', 'u')).action('POST /order').id('one-principal'),
  permit().principalIs('Robot').action('GET /order/{id}').id('type'),
  permit().principalInGroup('admins').action(op.putCustomerUser).id('group'),
  permit().principalInGroup('staff').id('group-of-two-types'),
  permit().principalIn(group('bots')).id('below'),
  permit().actions(['GET /customer/{id}', 'GET /order/{id}']).id('actions'),
  forbid().actionInGroup('customer:write').annotate('note', 'x').id('action-group'),
  permit().resource(entity('Order', '7')).id('one-resource'),
  permit().action('GET /order/{id}').resourceIn(entity('Folder', 'f')).id('resource-below'),
  // in any order, and a type beside a group or an ancestor
  permit()
    .action('PUT /customer/user/{id}')
    .principalIs('User')
    .principalInGroup('admins')
    .resourceIs('Customer')
    .resourceIn(entity('Folder', 'f'))
    .id('type-and-group'),
  permit().principalInGroup('admins').principalIs('User').id('group-and-type'),
  permit().principalIn(entity('User', 'u')).id('in-itself'),
  permit().resourceIn(entity('Order', 'o')).id('resource-in-itself'),
  permit().actionIn(['customer:read', 'POST /order']).id('groups-and-actions'),
  permit().actionIn(['customer:read', 'customer:write']).principalIs('User').id('groups'),
  permit()
    .principalIs('Robot')
    .actionIn(['customer:read', 'GET /order/{id}'])
    .when(({ context }) => context.depth.lt(3))
    .id('groups-and-actions-of-one-type'),
  permit().annotate('reviewed').annotate('description', 'why').id('annotated'),
];

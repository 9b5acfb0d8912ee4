import { shop } from '../shop.ts';
const { permit, forbid, entity, group, op } = shop;

type Either = 'GET /order/{id}' | 'POST /order';
const several: Either[] = ['GET /order/{id}', 'POST /order'];
const either = 'GET /order/{id}' as Either;
const two = ['GET /order/{id}', 'GET /customer/{id}'] as const;

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
  // lists that are not written out, where all fits and where only some of it does
  permit().actions(several).id('a-variable'),
  permit()
    .principalIs('Robot')
    .actions(several)
    .when(({ resource }) => resource.is('Order'))
    .id('narrowed'),
  permit().principalIs('Robot').actions(['GET /customer/{id}', either]).id('one-of-two'),
  permit()
    .actionIn(['customer:write', ...several])
    .principalIs('User')
    .id('spread'),
  permit()
    .principalIs('Robot')
    .actions(two)
    .when(({ principal }) => principal.nick.eq('x'))
    .id('constant'),
];

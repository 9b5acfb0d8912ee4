import { shop } from '../shop.ts';
const { permit, forbid, entity } = shop;

export const policies = [
  permit()
    .principalInGroup('admins')
    .action('PUT /customer/user/{id}')
    .when(({ principal, resource }) =>
      resource.owner.eq(principal).and(principal.age.gte(18), resource.public),
    )
    .id('owner'),
  permit()
    .actions(['GET /customer/{id}', 'GET /order/{id}'])
    .when(({ principal, resource }) => resource.owner.department.eq(principal.department))
    .id('common-attributes'),
  forbid()
    .actionInGroup('customer:write')
    .unless(({ principal }) => principal.age.plus(1).gt(17).or(principal.age.ne(3).not()))
    .id('unless'),
  permit()
    .action('GET /customer/{id}')
    .when(({ principal, resource }) => principal.is('Robot', (robot) => robot.owner.eq(resource.owner)))
    .id('is'),
  permit()
    .action('GET /order/{id}')
    .when(({ resource }) =>
      resource
        .in(entity('Customer', 'c'))
        .or(
          resource.in([entity('Folder', 'f'), entity('Folder', 'g')]),
          resource.total.lt(5).ifElse(resource.total, resource.total.plus(1)).eq(5),
        ),
    )
    .id('in'),
  permit()
    .when(({ action }) =>
      action
        .eq('POST /order')
        .or(
          action.in('customer:read'),
          action.in(['customer:read', 'POST /order']),
          action.in('POST /order'),
        ),
    )
    .id('action-variable'),
  permit()
    .when(({ action }) => action.ne('POST /order'))
    .when(({ principal }) => principal.department.eq('x'))
    .unless(({ principal }) => principal.department.like('y*'))
    .id('several-clauses'),
];

import { shop } from '../shop.ts';
const { permit, record, set, value } = shop;
const order = permit().action('GET /order/{id}');
const user = permit().principalIs('User');

export const policies = [
  order
    .when(({ resource }) =>
      resource.size
        .eq({ height: 1, width: 2 })
        .or(
          resource.size.ne(record({ height: resource.total, width: 2n })),
          resource.size.height.gt(resource.size.width),
          resource.sizes.contains({ height: 1, width: resource.total }),
          resource.sizes.contains(resource.size),
          resource.sizes.containsAny([{ height: 1, width: 2 }, resource.size]),
          resource.sizes.eq(set([record({ height: 1, width: 2 })])),
        ),
    )
    .id('attributes-and-literals'),
  user
    .when(({ principal }) =>
      record({ a: principal.age, b: record({ c: 'x' }) })
        .b.c.eq('x')
        .and(
          record({ a: principal.age }).eq({ a: 7 }),
          record({ list: set([1, 2]), owner: principal }).owner.age.lt(3),
          record({}).eq(record({})),
          record({ 'no identifier': true }).attr('no identifier').eq(value(false)),
        ),
    )
    .id('literals'),
  // one with optional attributes is compared with another of its type
  user.when(({ principal }) => principal.addr.eq(principal.manager.addr)).id('optional-inside'),
  user
    .when(({ principal }) =>
      principal.house.has((house) =>
        house.door.eq(7).and(
          house.zip.has((zip) => zip.like('1*')),
          house.zip.orElse('x').ne('y'),
        ),
      ),
    )
    .id('optional-in-optional'),
  permit()
    .action('GET /order/{id}')
    .when(({ context }) => context.eq(context).and(context.attr('depth').lt(5)))
    .id('the-context'),
];

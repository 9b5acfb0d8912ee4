import { shop } from '../shop.ts';
const { permit, entity, value } = shop;

export const policies = [
  permit()
    .principalIs('User')
    .action('GET /order/{id}')
    .when(({ principal, resource }) =>
      resource
        .tag('team', (team) => team.eq(principal.department))
        .and(
          resource.hasTag('secret').not(),
          resource.hasTag(principal.department),
          resource.tag(principal.department, (tag) => tag.like('a*')),
          resource.ifTag('region', (region) => region, 'none').ne('x'),
          resource.ifTag('region', (region) => region.eq('eu'), value(false)),
        ),
    )
    .id('of-strings'),
  permit()
    .action('POST /order')
    .when(({ resource }) => resource.tag('level', (level) => level.gt(5)))
    .id('of-longs'),
  permit()
    .principalIs('User')
    .when(({ principal }) => principal.folders.contains(entity('Folder', 'f')))
    .when(() => entity('Folder', 'f').tag('level', (level) => level.plus(1).gt(5)))
    .id('of-an-entity-by-name'),
  // only some of the types have tags
  permit()
    .actions(['GET /order/{id}', 'GET /customer/{id}'])
    .when(({ resource }) => resource.hasTag('team').or(resource.is('Order', (order) => order.hasTag('x'))))
    .id('of-some-types'),
];

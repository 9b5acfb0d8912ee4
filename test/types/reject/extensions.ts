import { saasTenant } from '../shop.ts';

// what a tenant adds is seen through references, by this tenant alone
export const tenant = saasTenant({
  slug: 'x',
  groups: ['OPS'],
  attributes: { User: { site: 'String', level: { type: 'Long', optional: true } } },
  policies: ({ permit, group }) => [
    permit().action('GET /order/{id}').when(({ resource }) => resource.owner.site.eq(5)).id('a'),
//                                                                                   ^ TS2345 Argument of type 'number' is not assignable to parameter of type 'string | Str'
    permit().action('GET /order/{id}').when(({ resource }) => resource.owner.manager.sit.eq('x')).id('b'),
//                                                                                   ^^^ TS2551 Property 'sit'
    permit().action('GET /order/{id}').when(({ resource }) => resource.owner.level.gt(5)).id('c'),
//                                                                                 ^^ TS2349 "'level' is optional: write .level.has(v => v.eq(...)) or .level.orElse(...)"
    permit().action('GET /order/{id}').when(({ resource }) => resource.owner.has('leveel')).id('d'),
//                                                                               ^^^^^^^^ TS2345 Argument of type '"leveel"'
    permit().action('GET /order/{id}').when(({ principal }) => principal.site.eq('x')).id('e'),
//                                                                       ^^^^ TS2339 Property 'site'
    permit().principalIn(group('OP')).id('f'),
//                             ^^^^ TS2345 Argument of type '"OP"'
    permit().principalInGroup('OPS').principalInGroup('OPS').id('g'),
//                                                    ^^^^^ TS2345 ["principal is set already"]
  ],
});
export const plain = saasTenant({
  slug: 'y',
  policies: ({ permit }) => [
    permit().action('GET /order/{id}').when(({ resource }) => resource.owner.site.eq('x')).id('a'),
//                                                                           ^^^^ TS2339 Property 'site' does not exist on type 'Entity<Schema<Nothing>, "User">'
    permit().principalInGroup('OPS').id('b'),
//                            ^^^^^ TS2345 Argument of type '"OPS"' is not assignable to parameter of type 'keyof Groups'
  ],
});

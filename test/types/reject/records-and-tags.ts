import { shop } from '../shop.ts';
const { permit, record } = shop;
const order = permit().action('GET /order/{id}').principalIs('User');
const customer = permit().action('GET /customer/{id}');

export const r1 = order.when(({ resource }) => resource.size.eq({ height: 1 }));
//                                                              ^ TS2345 Property 'width' is missing in type '{ height: number; }'
export const r2 = order.when(({ resource }) => resource.size.eq({ height: 1, width: 2, depth: 3 }));
//                                                                                     ^^^^^ TS2353 Object literal may only specify known properties, and 'depth' does not exist
export const r3 = order.when(({ resource }) => resource.size.eq({ height: 'x', width: 2 }));
//                                                                ^^^^^^ TS2322 Type 'string' is not assignable to type 'number | bigint | Long'
export const r4 = order.when(({ principal }) => principal.addr.eq({ city: 'x', zip: 'y' }));
//                                                                             ^^^ TS2322 ["zip", "is optional: Cedar compares such a record with another of its type, not with a literal"]
export const r5 = order.when(({ resource }) => resource.size.heigth.gt(1));
//                                                           ^^^^^^ TS2551 Property 'heigth' does not exist on type 'Rec<{ readonly height: Long; readonly width: Long; }>'. Did you mean
export const r6 = order.when(({ resource }) => resource.sizes.contains({ height: 1 }));
//                                                                     ^ TS2345 Property 'width' is missing in type '{ height: number; }'
export const r7 = order.when(({ principal }) => record({ nick: principal.nick }).eq({ nick: 'x' }));
//                                                       ^^^^ TS2322 Type 'Optional<Str, "nick">' is not assignable to type 'Present | Literal'
export const r8 = order.when(() => record({ a: 1 }).eq({ a: 'x' }));
//                                                       ^ TS2322 Type 'string' is not assignable to type 'number | bigint | Long'
export const r9 = order.when(() => record({ a: 1 }).b.eq(1));
//                                                  ^ TS2339 Property 'b' does not exist on type 'Rec<{ readonly a: Long; }>'
export const r10 = order.when(() => record({ a: undefined }).eq({}));
//                                           ^ TS2322 Type 'undefined' is not assignable to type 'Present | Literal'
export const r11 = order.when(({ principal }) => principal.addr.eq(principal.house));
//                                                                 ^^^^^^^^^ TS2345 Type 'Optional<Rec<{ readonly door: Long; readonly zip: Optional<Str, "zip">; }>, "house">' is missing the fol
export const t1 = customer.when(({ resource }) => resource.hasTag('team'));
//                                                                ^^^^^^ TS2345 ["Customer", "has no tags: declare their type in the API, x-authz: { tags: … }"]
export const t2 = customer.when(({ resource }) => resource.tag('team', (team) => team.eq('x')));
//                                                             ^^^^^^ TS2345 ["Customer", "has no tags: declare their type in the API, x-authz: { tags: … }"]
//                                                                                    ^^ TS2339 Property 'eq' does not exist on type 'never'
export const t3 = order.when(({ resource }) => resource.tag('team', (team) => team.gt(1)));
//                                                                                 ^^ TS2339 Property 'gt' does not exist on type 'Str'
export const t4 = order.when(({ resource }) => resource.tag(5, (team) => team.eq('x')));
//                                                          ^ TS2345 Argument of type 'number' is not assignable to parameter of type 'string | Str'
export const t5 = order.when(({ resource }) => resource.tag('team'));
//                                                      ^^^ TS2554 Expected 2 arguments, but got 1
export const t6 = order.when(({ resource }) => resource.ifTag('team', (team) => team, 0).eq('x'));
//                                                                                    ^ TS2345 Argument of type 'number' is not assignable to parameter of type 'string | Str'
//                                                                                       ^^ TS2339 Property 'eq' does not exist on type 'Present'
export const t7 = order.when(({ resource }) => resource.tags.team.eq('x'));
//                                                      ^^^^ TS2551 Property 'tags' does not exist on type 'Entity<Schema<Nothing>, "Order">'. Did you mean 'tag'?

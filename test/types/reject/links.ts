import { saasTenant, shop } from '../shop.ts';
const { permit, entity, group, link } = shop;
const reader = permit().principalSlot().action('GET /customer/{id}');
const below = permit().action('PUT /customer/user/{id}').resourceInSlot();

export const l1 = link(reader, 'x', { principal: 'u1' });
//                                    ^^^^^^^^^ TS2322 Type 'string'
export const l2 = link(reader, 'x', { principal: group('admins') });
//                                    ^^^^^^^^^ TS2322 Type 'NamedEntity<Schema<Nothing>, "Group">'
export const l3 = link(reader, { principal: entity('User', 'u') }, 'x');
//                             ^ TS2345 Argument of type '{ principal: NamedEntity<Schema<Nothing>, "User">; }'
export const l4 = link(below, 'x', { resource: entity('Order', 'o') });
//                                   ^^^^^^^^ TS2322 Type 'NamedEntity<Schema<Nothing>, "Order">'
export const l5 = link(below, 'x', { principal: entity('User', 'u') });
//                                   ^^^^^^^^^ TS2353 Object literal may only specify known properties, and 'principal' does not exist
export const l6 = link('reader', 'x', { principal: entity('User', 'u') });
//                     ^^^^^^^^ TS2345 'Policy<Nothing, unknown> & Typing<string, string, Slot>'
export const l7 = link(reader, 'x', { principal: entity('User', 'u') }).when(({ principal }) => principal.age.gt(1));
//                                                                      ^^^^ TS2339 Property 'when' does not exist on type 'Policy<Nothing, never>'
//                                                                              ^^^^^^^^^ TS7031 Binding element 'principal' implicitly has an 'any' type
export const l8 = saasTenant({ slug: 'x', policies: () => [reader.id('reader')] });
//                                                         ^^^^^^ TS2322 ["?principal", "has no value yet: list what link(template, id, values) returns"]
export const l9 = saasTenant({ slug: 'x', policies: () => [below.when(({ resource }) => resource.public)] });
//                                                         ^^^^^ TS2322 ["in ?resource", "has no value yet: list what link(template, id, values) returns"]
export const l10 = reader.principalInSlot();
//                        ^^^^^^^^^^^^^^^ TS2349 ["principal", "is set already"]
export const l11 = permit().resourceSlot().resourceIs('Order');
//                                                    ^^^^^^^ TS2345 ["resource type", "is set already"]

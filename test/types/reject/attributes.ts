import { shop } from '../shop.ts';
const { permit, entity } = shop;
const order = permit().action('GET /order/{id}');

export const e6 = permit().actions(['GET /customer/{id}', 'GET /order/{id}']).when(({ resource }) => resource.public);
//                                                                                                            ^^^^^^ TS2339
export const e7 = order.when(({ resource }) => resource.totl.gt(1));
//                                                      ^^^^ TS2551
export const e8 = order.when(({ resource }) => resource.total.gt('1'));
//                                                               ^^^ TS2345
export const e9 = permit().principalIs('User').action('GET /order/{id}').when(({ principal }) => principal.nick.eq('x'));
//                                                                                                              ^^ TS2349 "'nick' is optional: write .nick.has(v => v.eq(...)) or .nick.orElse(...)"
export const e10 = order.when(({ principal, resource }) => resource.eq(principal));
//                                                                     ^^^^^^^^^ TS2345
export const e11 = order.when(({ context }) => context.mfa);
//                                                     ^^^ TS2339
export const e15 = order.when(({ resource }) => resource.in(entity('Group', 'g')));
//                                                          ^^^^^^ TS2345
export const e20 = permit().principalIs('User').when(({ principal }) => principal.tags.contains(5));
//                                                                                              ^ TS2345
export const e21 = order.when(({ resource }) => resource.total.gt(1).and(true));
//                                                                       ^^^^ TS2345
export const e27 = order.when(({ principal }) => principal.nick.eq('x'));
//                                                              ^^ TS2349 "'nick' is optional: write .nick.has(v => v.eq(...)) or .nick.orElse(...)"
export const e28 = order.when(({ principal }) => principal.department.has(d => d.eq('x')));
//                                                                    ^^^ TS2349
//                                                                        ^ TS7006
export const a1 = order.when(({ resource }) => resource.attr('inn').eq('x'));
//                                                           ^^^^^ TS2345
//                                                                     ^^^ TS2345
export const a2 = permit().action('GET /customer/{id}').when(({ resource }) => resource.attr('in').gt(1));
//                                                                                                 ^^ TS2339

import { shop } from '../shop.ts';
const { permit } = shop;
const order = permit().action('GET /order/{id}');

export const h1 = order.when(({ principal }) => principal.has('agee', v => v.gt(17)));
//                                                            ^^^^^^ TS2345
//                                                                           ^^ TS2339
export const h2 = order.when(({ context }) => context.has('mfa', m => m));
//                                                        ^^^^^ TS2345
export const h3 = order.when(({ principal }) => principal.has('age', v => v.eq('x')));
//                                                                             ^^^ TS2345
export const v1 = permit().when(({ action }) => action.eq('POST /ordr'));
//                                                        ^^^^^^^^^^^^ TS2345
export const v2 = permit().when(({ action }) => action.in('customer:rea'));
//                                                        ^^^^^^^^^^^^^^ TS2345
export const n1 = order.when(({ resource }) => resource.total.gt(1.5));
//                                                               ^ TS2345 [1.5, "is not an integer"]
export const n2 = order.when(({ resource }) => resource.total.gt(9007199254740993));
//                                                               ^^^^^^^^^^^^^^^^ TS2345 [9007199254740992, "may be rounded: write a bigint"]
export const d1 = order.when(({ resource }) => resource.rate.lt(shop.decimal('1.0')));
//                                                           ^^ TS2551|TS2339 Property 'lt' does not exist on type 'Decimal'
export const d2 = order.when(({ resource }) => resource.rate.lessThan('1.0'));
//                                                                    ^^^^^ TS2345
export const d3 = order.when(({ resource }) => resource.hold.gt(5));
//                                                              ^ TS2345
export const d4 = order.when(({ context }) => context.ip.isInRange('10.0.0.0/8'));
//                                                                 ^^^^^^^^^^^^ TS2345
export const s1 = order.when(({ resource }) => shop.set([]).contains(resource.total));
//                                                      ^^ TS2345
export const s2 = order.when(({ resource }) => shop.set(['a', 1]).contains('a'));
//                                                      ^^^^^^^^ TS2345
export const s3 = permit().principalIs('User').when(({ principal }) => principal.tags.containsAll([]));
//                                                                                                ^^ TS2345

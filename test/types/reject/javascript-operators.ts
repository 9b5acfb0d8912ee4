import { shop } from '../shop.ts';
const { permit } = shop;
const order = permit().action('GET /order/{id}');

export const e12 = order.when(({ resource }) => !resource.total.gt(1));
//                                              ^ TS2322
export const e13 = order.when(({ resource }) => resource.total.gt(1) && resource.total.lt(5));
//                                              ^^^^^^^^ TS2801
export const e14 = order.when(({ resource }) => resource.total === 5);
//                                              ^^^^^^^^ TS2322
//                                              ^^^^^^^^ TS2367
export const o1 = order.when(({ resource }) => resource.total.gt(1) ? resource.total.lt(5) : resource.total.lt(9));
//                                             ^^^^^^^^ TS2801
export const o2 = order.when(({ principal, resource }) => resource.owner ? principal.department.eq('x') : principal.department.eq('y'));
//                                                        ^^^^^^^^ TS2801

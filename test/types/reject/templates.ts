import { saasTenant, shop } from '../shop.ts';
const { permit, entity, link } = shop;

const t7 = permit().principalSlot().action('GET /customer/{id}');
export const e22 = link(t7, 'l', { principal: entity('User', 'u'), resource: entity('Customer', 'c') });
//                                                                 ^^^^^^^^ TS2353
const t8 = permit().action('PUT /customer/user/{id}').principalSlot();
export const e23 = link(t8, 'l', { principal: entity('Robot', 'r') });
//                                 ^^^^^^^^^ TS2322
export const e24 = link(t8, 'l', {});
//                               ^ TS2345|TS2741
const t9 = permit().principalInSlot();
export const e29 = link(t9, 'l', { principal: entity('Order', 'o') });
//                                 ^^^^^^^^^ TS2322
export const e30 = saasTenant({ slug: 'x', policies: () => [t9] });
//                                                          ^^ TS2322

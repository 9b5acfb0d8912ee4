import { shop } from '../shop.ts';
const { permit, entity } = shop;
const order = permit().action('GET /order/{id}');

export const t1 = permit().principalInGroup('admins').principalInGroup('admins');
//                                                                     ^^^^^^^^ TS2345 ["principal is set already"]
export const t2 = permit().principalIs('User').principalIs('User');
//                                                         ^^^^^^ TS2345 ["principal type", "is set already"]
export const t3 = permit().action('GET /order/{id}').action('GET /order/{id}');
//                                                          ^^^^^^^^^^^^^^^^^ TS2345 ["action is set already"]
export const t4 = permit().principalInGroup('admins').principalSlot();
//                                                    ^^^^^^^^^^^^^ TS2349 ["principal", "is set already"]
export const t5 = permit().resourceIn(entity('Folder', 'f')).resourceIn(entity('Folder', 'g'));
//                                                                      ^^^^^^ TS2345 ["resource", "is set already"]
export const t6 = order.when(({ resource }) => resource.total.gt(1)).action('GET /order/{id}');
//                                                                   ^^^^^^ TS2339
export const t7 = order.actions(['GET /order/{id}', 'GET /customer/{id}']);
//                               ^^^^^^^^^^^^^^^^^ TS2322 ["action is set already"]
//                                                  ^^^^^^^^^^^^^^^^^^^ TS2322 ["action is set already"]

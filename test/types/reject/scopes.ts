import { shop } from '../shop.ts';
const { permit, entity } = shop;

export const e1 = permit().action('PUT /custmer/user/{id}');
//                                ^^^^^^^^^^^^^^^^^^^^^^^^ TS2345
export const e2 = permit().actions(['GET /customer/{id}', 'GET /ordr/{id}']);
//                                                        ^^^^^^^^^^^^^^^^ TS2820
export const e3 = permit().principalInGroup('admin');
//                                          ^^^^^^^ TS2345
export const e4 = permit().principalIs('Robot').action('PUT /customer/user/{id}');
//                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^ TS2345 ["PUT /customer/user/{id}", "never has principal", "Robot", "it applies to", "User"]
export const e5 = permit().action('PUT /customer/user/{id}').principalIs('Robot');
//                                                                       ^^^^^^^ TS2345
export const e16 = permit().actionInGroup('customer:writ');
//                                        ^^^^^^^^^^^^^^^ TS2345
export const e17 = permit().principalIs('Robot').actionInGroup('customer:write');
//                                                             ^^^^^^^^^^^^^^^^ TS2345 ["customer:write", "never has principal", "Robot", "it applies to", "User"]
export const e18 = permit().principalIs('Robot').actions(['GET /order/{id}', 'PUT /customer/user/{id}']);
//                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ TS2322 ["PUT /customer/user/{id}", "never has principal", "Robot", "it applies to", "User"]
export const e25 = permit().principal(entity('Robot', 'r')).action('PUT /customer/user/{id}');
//                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^ TS2345 ["PUT /customer/user/{id}", "never has principal", "Robot", "it applies to", "User"]
export const e26 = permit().principalIs('Robot').principalInGroup('admins');
//                                                                ^^^^^^^^ TS2345 ["group", "admins", "has no", "Robot"]

import { shop } from '../shop.ts';
const { permit } = shop;
const order = permit().action('GET /order/{id}').principalIs('User');

export const c1 = order.when(({ resource }) => { resource.total.gt(1); });
//                           ^ TS2345 Type 'void' is not assignable to type 'Bool'
export const c2 = order.when(true);
//                           ^^^^ TS2345 '(scope: Scope<Schema<Nothing>, "User", "Order", "ReadContext">) => Bool'
export const c3 = order.when(async ({ resource }) => resource.total.gt(1));
//                                                   ^^^^^^^^ TS2740 Type 'Promise<never>' is missing the following properties from type 'Bool':
export const c4 = order.when(({ resource }) => resource.total);
//                                             ^^^^^^^^ TS2739 Type 'Long' is missing the following properties from type 'Bool': and, or, not, ifElse
export const c5 = order.when(({ resource }) => resource.total > 5);
//                                             ^^^^^^^^ TS2322 Type 'boolean' is not assignable to type 'Bool'
//                                             ^^^^^^^^ TS2365 Operator '>' cannot be applied to types 'Long' and 'number'
export const c6 = order.when(({ resource }) => (resource.total + 1).gt(5));
//                                              ^^^^^^^^ TS2365 Operator '+' cannot be applied to types 'Long' and '1'
export const c7 = order.when(({ resource }) => { if (resource.total.gt(1)) return resource.total.lt(5); return resource.total.lt(9); });
//                                                   ^^^^^^^^ TS2801 This condition will always return true since this
export const c8 = order.when(({ resource }) => resource.total.and(resource.total.gt(1)));
//                                                            ^^^ TS2339 Property 'and' does not exist on type 'Long'
export const c9 = order.when(({ principal }) => principal.department.gt('a'));
//                                                                   ^^ TS2339 Property 'gt' does not exist on type 'Str'
export const c10 = order.when(({ principal }) => principal.department.like(/a.*/));
//                                                                         ^ TS2345 Argument of type 'RegExp' is not assignable to parameter of type 'string'
export const c11 = order.when(({ principal }) => principal.age.eq(principal.department));
//                                                                ^^^^^^^^^ TS2345 Argument of type 'Str' is not assignable to parameter of type 'number | bigint | Long'
export const c12 = order.when(({ principal }) => principal.department.eq(null));
//                                                                       ^^^^ TS2345 Argument of type 'null' is not assignable to parameter of type 'string | Str'
export const c13 = order.when(({ principal }) => principal.department == 'sales');
//                                               ^^^^^^^^^ TS2322 Type 'boolean' is not assignable to type 'Bool'
//                                               ^^^^^^^^^ TS2367 This comparison appears to be unintentional because the types 'Str' and '"sales"' have no overlap
export const c14 = order.unless(({ principal }) => principal.departmnt.eq('x'));
//                                                           ^^^^^^^^^ TS2551 Property 'departmnt' does not exist on type 'Entity<Schema<Nothing>, "User">'. Did you mean 'department'?
export const c15 = order.when(({ principals }) => principals.age.gt(1));
//                               ^^^^^^^^^^ TS2339 Property 'principals' does not exist on type 'Scope<Schema<Nothing>, "User", "Order", "ReadContext">'
export const c16 = order.when(({ principal }) => principal.age.gt(1).and());
//                                                                   ^^^ TS2555 Expected at least 1 arguments, but got 0
export const c17 = order.when(({ principal }) => [principal.age.gt(1), principal.age.lt(9)]);
//                                               ^ TS2740 Type 'Bool[]' is missing the following properties from type 'Bool':
export const c18 = order.when(({ principal }) => principal.age.gt(1).not);
//                            ^ TS2345 '(scope: Scope<Schema<Nothing>, "User", "Order", "ReadContext">) => Bool'
export const c19 = order.when(({ principal }) => `${principal.department}` === 'sales');
//                                               ^ TS2322 Type 'boolean' is not assignable to type 'Bool'

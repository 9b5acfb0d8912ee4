import { shop } from '../shop.ts';
const { permit, entity, group, set } = shop;
const order = permit().action('GET /order/{id}');
const user = order.principalIs('User');

export const e1 = order.when(({ resource }) => resource.owner.eq('u1'));
//                                                               ^^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'Comparable<"User">'
export const e2 = order.when(({ principal, resource }) => principal.ne(resource));
//                                                                     ^^^^^^^^ TS2345 Argument of type 'Entity<Schema<Nothing>, "Order">'
export const e3 = order.when(({ principal }) => principal.is('Customer'));
//                                                           ^^^^^^^^^^ TS2345 Argument of type '"Customer"'
export const e4 = order.when(({ principal }) => principal.is('Robot', (robot) => robot.age.gt(1)));
//                                                                                     ^^^ TS2339 Property 'age' does not exist on type 'Entity<Schema<Nothing>, "Robot">'
export const e5 = order.when(({ resource }) => resource.in('f'));
//                                                         ^^^ TS2345 Argument of type 'string'
export const e6 = order.when(({ resource }) => resource.in([]));
//                                                         ^ TS2345 Type '[]' is not assignable to type 'readonly [Typed<never>, ...Typed<never>[]]'
export const e7 = order.when(({ resource }) => resource.in([entity('Folder', 'f'), entity('Customer', 'c')]));
//                                                         ^ TS2345 together: write .in([a]).or(x.in([b]))
export const e8 = order.when(({ principal }) => principal.isIn('User', entity('Folder', 'f')));
//                                                                     ^^^^^^ TS2345 Argument of type 'NamedEntity<Schema<Nothing>, "Folder">'
export const e9 = order.when(({ principal }) => principal.in(entity('Folder', 'f')));
//                                                           ^^^^^^ TS2345 Argument of type 'NamedEntity<Schema<Nothing>, "Folder">'
export const e10 = user.when(({ principal, resource }) => principal.friends.contains(resource));
//                                                                                   ^^^^^^^^ TS2345 Argument of type 'Entity<Schema<Nothing>, "Order">' is not assignable to parameter of type 'Typed<"User">'
export const e11 = user.when(({ principal }) => principal.friends.contains('u1'));
//                                                                         ^^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'Typed<"User">'
export const e12 = user.when(({ principal }) => principal.friends.containsAny([entity('Robot', 'r')]));
//                                                                             ^^^^^^ TS2322 Type 'NamedEntity<Schema<Nothing>, "Robot">' is not assignable to type 'Typed<"User">'
export const e13 = user.when(({ resource }) => resource.in(set([group('admins')])));
//                                                         ^^^ TS2345 Argument of type 'SetOf<NamedEntity<Schema<Nothing>, "Group">>'
export const e14 = order.when(({ resource }) => set([entity('User', 'u'), entity('Robot', 'r')]).contains(resource.owner));
//                                                  ^ TS2345 'readonly [NamedEntity<Schema<Nothing>, "User">, ...NoInfer<Typed<"User">>[]]'
export const e15 = order.when(({ principal, resource }) => principal.ifIs('User', (person) => person.age, (robot) => robot.owner).eq(resource.total));
//                                                                                                                   ^^^^^ TS2322 Type 'Entity<Schema<Nothing>, "User">' is not assignable to type 'number | bigint | Long'
//                                                                                                                                ^^ TS2339 Property 'eq' does not exist on type 'Present'
export const e16 = order.when(({ principal }) => principal.age.gt(1));
//                                                         ^^^ TS2339 Property 'age'
export const e17 = order.when(() => entity('User', 'u').agee.gt(1));
//                                                      ^^^^ TS2551 Property 'agee' does not exist on type 'NamedEntity<Schema<Nothing>, "User">'. Did you mean 'age'?

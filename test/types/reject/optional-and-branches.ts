import { shop } from '../shop.ts';
const { permit, value } = shop;
const order = permit().action('GET /order/{id}').principalIs('User');
const write = permit().action('POST /order');

export const o1 = order.when(({ principal }) => principal.nick.like('a*'));
//                                                             ^^^^ TS2349 "'nick' is optional: write .nick.has(v => v.eq(...)) or .nick.orElse(...)"
export const o2 = write.when(({ context }) => context.mfa.not());
//                                                        ^^^ TS2349 "'mfa' is optional: write .mfa.has(v => v.eq(...)) or .mfa.orElse(...)"
export const o3 = write.when(({ context }) => context.mfa);
//                                            ^^^^^^^ TS2322 Type 'Optional<Bool, "mfa">' is not assignable to type 'Bool'
export const o4 = order.when(({ principal }) => principal.department.eq(principal.nick));
//                                                                      ^^^^^^^^^ TS2345 Argument of type 'Optional<Str, "nick">' is not assignable to parameter of type 'string | Str'
export const o5 = order.when(({ principal }) => principal.house.door.gt(1));
//                                                              ^^^^ TS2339 Property 'door'
export const o6 = order.when(({ principal }) => principal.house.has((house) => house.zip.eq('1')));
//                                                                                       ^^ TS2349 "'zip' is optional: write .zip.has(v => v.eq(...)) or .zip.orElse(...)"
export const o7 = order.when(({ principal }) => principal.nick.orElse(5).eq('x'));
//                                                                    ^ TS2345 Argument of type 'number' is not assignable to parameter of type 'string | Str'
export const o8 = order.when(({ principal }) => principal.nick.has((nick) => nick));
//                                                                           ^^^^ TS2739 Type 'Str' is missing the following properties from type 'Bool': and, or, not, ifElse
export const o9 = order.when(({ principal }) => principal.nick.has('x'));
//                                                                 ^^^ TS2345 Argument of type 'string' is not assignable to parameter of type '(value: Str) => Bool'
export const o10 = order.when(({ principal }) => principal.nick.ifPresent((nick) => nick, 0).eq('x'));
//                                                                                        ^ TS2345 Argument of type 'number' is not assignable to parameter of type 'string | Str'
//                                                                                           ^^ TS2339 Property 'eq' does not exist on type 'Present'
export const o11 = order.when(({ principal }) => principal.tags.contains(principal.nick));
//                                                                       ^^^^^^^^^ TS2345 Argument of type 'Optional<Str, "nick">' is not assignable to parameter of type 'string | Str'
export const b1 = order.when(({ principal }) => principal.age.gt(1).ifElse(1, 'x').eq(1));
//                                                                            ^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'number | bigint | Long'
export const b2 = order.when(({ principal }) => principal.age.gt(1).ifElse(principal.age, principal.department).eq(1));
//                                                                                        ^^^^^^^^^ TS2345 Argument of type 'Str' is not assignable to parameter of type 'number | bigint | Long'
export const b3 = order.when(({ principal }) => principal.age.gt(1).ifElse(true, false));
//                                                                         ^^^^ TS2345 "JavaScript makes booleans of !a and a === b: write value(true) or value(false) to mean one"
export const b4 = order.when(({ principal }) => principal.age.gt(1).ifElse(principal.nick, 'x').eq('x'));
//                                                                         ^^^^^^^^^ TS2345 Argument of type 'Optional<Str, "nick">' is not assignable to parameter of type 'boolean | Branch'
//                                                                                              ^^ TS2339 Property 'eq' does not exist on type 'Present'
export const b5 = order.when(({ principal }) => principal.age.gt(1).ifElse(principal.age.gt(2)));
//                                                                  ^^^^^^ TS2554 Expected 2 arguments, but got 1
export const b6 = order.when(({ principal }) => principal.ifHas('agee', () => 1, 0).eq(1));
//                                                              ^^^^^^ TS2345 Argument of type '"agee"'
export const b7 = order.when(({ principal }) => value(principal.age === principal.manager.age));
//                                                    ^^^^^^^^^ TS2345 "no literal: JavaScript makes booleans of !a and a === b, policies say .not() and .eq()"
export const b8 = order.when(() => value(undefined));
//                                 ^^^^^ TS2322 Type 'Long' is missing the following properties from type 'Bool': and, or, not, ifElse
//                                       ^^^^^^^^^ TS2345 "no literal: JavaScript makes booleans of !a and a === b, policies say .not() and .eq()"

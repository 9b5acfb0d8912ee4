import { shop } from '../shop.ts';
const { permit, value, set, ip, decimal, datetime, duration } = shop;
const order = permit().action('GET /order/{id}').principalIs('User');
const customer = permit().action('GET /customer/{id}').principalIs('User');

export const x1 = order.when(() => value(1.5).gt(1));
//                                       ^ TS2345 [1.5, "is not an integer"]
export const x2 = order.when(() => value(9007199254740993).gt(1));
//                                       ^^^^^^^^^^^^^^^^ TS2345 [9007199254740992, "may be rounded: write a bigint"]
export const x3 = order.when(({ resource }) => resource.total.plus(0.5).gt(1));
//                                                                 ^ TS2345 [0.5, "is not an integer"]
export const x4 = order.when(({ resource }) => resource.total.times('2').gt(1));
//                                                                  ^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'number | bigint | Long'
export const x5 = order.when(({ resource }) => resource.total.eq(1e21));
//                                                               ^^^^ TS2345 [1e+21, "is not an integer"]
export const x6 = order.when(({ context }) => context.ip.eq('::1'));
//                                                          ^^^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'Ip'
export const x7 = order.when(() => ip(7).isIpv4());
//                                    ^ TS2345 Argument of type 'number' is not assignable to parameter of type 'string'
export const x8 = order.when(({ context }) => context.ip.lt(ip('::1')));
//                                                       ^^ TS2339 Property 'lt' does not exist on type 'Ip'
export const x9 = order.when(({ resource }) => resource.rate.eq(0.05));
//                                                              ^ TS2345 Argument of type 'number' is not assignable to parameter of type 'Decimal'
export const x10 = order.when(() => decimal(1.5).eq(decimal('1.5')));
//                                          ^ TS2345 Argument of type 'number' is not assignable to parameter of type 'string'
export const x11 = order.when(({ resource }) => resource.rate.gt(decimal('1.0')));
//                                                            ^^ TS2339 Property 'gt' does not exist on type 'Decimal'
export const x12 = customer.when(({ resource }) => resource.since.lt('2026-01-31'));
//                                                                   ^^^^^^^^^^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'Datetime'
export const x13 = customer.when(({ resource }) => resource.since.lt(new Date()));
//                                                                   ^^^ TS2740|TS2345 Type 'Date' is missing the following properties from type 'Datetime':
export const x14 = customer.when(({ resource }) => resource.since.lt(duration('1h')));
//                                                                   ^^^^^^^^ TS2739|TS2345 Type 'Duration' is missing the following properties from type 'Datetime': offset, durationSince, toDate, toTim
export const x15 = customer.when(({ resource }) => resource.since.offset(60_000).gt(datetime('2026-01-31')));
//                                                                       ^^^^^^ TS2345 Argument of type 'number' is not assignable to parameter of type 'Duration'
export const x16 = customer.when(({ resource, context }) => context.now.durationSince(duration('1h')).gt(resource.since));
//                                                                                    ^^^^^^^^ TS2739|TS2345 Type 'Duration' is missing the following properties from type 'Datetime': offset, durationSince, toDate, toTim
//                                                                                                       ^^^^^^^^ TS2739|TS2345 Type 'Datetime' is missing the following properties from type 'Duration': toMilliseconds, toSeconds, toMinutes
export const x17 = order.when(({ resource }) => resource.hold.toHours().gt(duration('1h')));
//                                                                         ^^^^^^^^ TS2345 Argument of type 'Duration' is not assignable to parameter of type 'number | bigint | Long'
export const x18 = order.when(({ principal }) => set([principal.age, principal.department]).contains(1));
//                                                   ^ TS2345 Argument of type '[Long, Str]' is not assignable to parameter of type 'readonly [Long, ...NoInfer<
export const x19 = order.when(({ principal }) => principal.tags.containsAll('x'));
//                                                                          ^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'Elements<Str> | ElementsIn<string | Str>'
export const x20 = order.when(({ principal }) => principal.tags.eq(principal.friends));
//                                                                 ^^^^^^^^^ TS2345 'Elements<Str> | ElementsIn<string | Str>'
export const x21 = order.when(({ principal }) => principal.tags.isEmpty.eq(true));
//                                                                      ^^ TS2339 Property 'eq' does not exist on type '() => Bool'
export const x22 = order.when(({ principal }) => principal.tags.length.gt(1));
//                                                              ^^^^^^ TS2339 Property 'length' does not exist on type 'SetOf<Str>'

import type { Testing } from '../../../dsl/testing/tests.ts';
import type { Api } from '../../dsl/testing/schema.ts';

declare const testing: Testing<Api>;
const { policies, sample } = testing;
const order = sample('Order', { labels: [], owner: 'alice', rate: '1.0', total: 1 });
const acme = await policies('acme');
const extended = await policies<{ Order: { region: 'String' } }>('globex');

acme.can('alice', 'GET /order');
//                ^^^^^^^^^^^^ TS2345
acme.can('alice', 'ShowButton');
//   ^^^ TS2554 Expected 3-4 arguments
acme.can('alice', 'GET /orders/{id}', order());
//   ^^^ TS2554 Expected 4 arguments
acme.can('alice', 'GET /orders/{id}', order(), { ip: '::1' });
//                                             ^ TS2345 'stock' is missing
acme.can('alice', 'GET /orders/{id}', order(), { ip: '::1', stock: 'x' });
//                                                          ^^^^^ TS2322 'string' is not assignable to type 'number | bigint'
acme.can('alice', 'GET /orders/{id}', order(), { ip: '::1', stock: 1, reson: 'x' });
//                                                                    ^^^^^ TS2353|TS2561 'reson' does not exist
acme.can('alice', 'ShowButton', order(), { ip: '::1' });
//                                         ^^ TS2322 'string' is not assignable to type 'never'
acme.can('alice', 'ShowButton', { type: 'Box' });
//                                ^^^^ TS2322 "Box"
acme.can('alice', 'ShowButton', { type: 'Order' });
//                              ^ TS2345 'attributes' is missing
acme.can('alice', 'ShowButton', order({ totl: 1 }));
//                                      ^^^^ TS2353|TS2561 'totl' does not exist
acme.can('alice', 'ShowButton', order({ owner: 1 }));
//                                      ^^^^^ TS2322 'number' is not assignable to type 'string'
acme.can('alice', 'ShowButton', { ...order(), tags: { of: 1 } });
//                                                    ^^ TS2322 'number' is not assignable to type 'string'
acme.can('alice', 'POST /orders', { type: 'Box', tags: { of: 'x' } });
//                                               ^^^^ TS2353 'tags' does not exist
acme.can('alice', 'POST /orders', { type: 'Box', parents: [{ type: 'Shelff', id: 'x' }] });
//                                                           ^^^^ TS2820|TS2322 "Shelff"
acme.can({ type: 'Robot' }, 'ShowButton', order());
//         ^^^^ TS2322 "Robot"
acme.can({ attributes: { ag: 1 } }, 'GET /orders');
//                       ^^ TS2353|TS2561 'ag' does not exist
acme.can({ attributes: { age: 'x' } }, 'GET /orders');
//                       ^^^ TS2322 'string' is not assignable to type 'number | bigint
acme.can({ name: 'alice' }, 'GET /orders');
//         ^^^^ TS2353 'name' does not exist
acme.can('alice', 'GET /orders').because('x');
//                               ^^^^^^^ TS2339 'because' does not exist
acme.table([['GET /order']], ['alice', 'can']);
//           ^^^^^^^^^^^^ TS2820|TS2322 GET /order
acme.table([['ShowButton', { type: 'Box' }]], ['alice', 'can']);
//                           ^^^^ TS2322 "Box"
acme.table([['GET /orders']], ['alice', 'can', 'can']);
//                            ^^^^^^^^ TS2345 target allows only 2
acme.table([['GET /orders']], ['alice', 'yes']);
//                                      ^^^^^ TS2322 "yes"
sample('Order', { labels: [], owner: 'alice', rate: '1.0' });
//              ^ TS2345 'total' is missing
sample('Ordr', {});
//     ^^^^^^ TS2345|TS2820 "Ordr"
void policies('acme', { phase: 'front' });
//                      ^^^^^ TS2322 "front"
void policies<{ Ordr: { region: 'String' } }>('acme');
//            ^ TS2559 no properties in common
extended.can('alice', 'ShowButton', order());
//                                  ^^^^^ TS2379|TS2345 Property 'region' is missing

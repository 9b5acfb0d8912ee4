import { shop } from '../shop.ts';
const { permit, forbid, entity, group, op, actionEntity, set } = shop;

export const n1 = permit().principalIs('Usr');
//                                     ^^^^^ TS2345 Argument of type '"Usr"'
export const n2 = permit().resourceIs('User');
//                                    ^^^^^^ TS2345 Argument of type '"User"'
export const n3 = permit().resourceIs('Folder').action('GET /order/{id}');
//                                                     ^^^^^^^^^^^^^^^^^ TS2345 ["GET /order/{id}", "never has resource", "Folder", "it applies to", "Order"]
export const n4 = permit().action('GET /order/{id}').resource(entity('Folder', 'f'));
//                                                            ^^^^^^ TS2345 Argument of type 'NamedEntity<Schema<Nothing>, "Folder">'
export const n5 = permit().principal(entity('Order', 'o'));
//                                   ^^^^^^ TS2345 Argument of type 'NamedEntity<Schema<Nothing>, "Order">'
export const n6 = permit().principal('u1');
//                                   ^^^^ TS2345 Argument of type 'string'
export const n7 = permit().resourceIn(entity('Group', 'g'));
//                                    ^^^^^^ TS2345 Argument of type 'NamedEntity<Schema<Nothing>, "Group">'
export const n8 = permit().principalIn(entity('Folder', 'f'));
//                                     ^^^^^^ TS2345 Argument of type 'NamedEntity<Schema<Nothing>, "Folder">'
export const n9 = permit().actions([]);
//                                 ^ TS2345 "name at least one action"
export const n10 = permit().actions('GET /order/{id}');
//                                  ^^^^^^^^^^^^^^^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'readonly (keyof Actions)[]'
export const n11 = permit().action('customer:read');
//                                 ^^^^^^^^^^^^^^^ TS2345 Argument of type '"customer:read"' is not assignable to parameter of type 'keyof Actions'
export const n12 = permit().actionInGroup('GET /order/{id}');
//                                        ^^^^^^^^^^^^^^^^^ TS2345 Argument of type '"GET /order/{id}"' is not assignable to parameter of type 'keyof ActionGroups'
export const n13 = permit().actionIn(['customer:read', 'GET /ordr/{id}']);
//                                                     ^^^^^^^^^^^^^^^^ TS2820 Type '"GET /ordr/{id}"'
export const n14 = permit().principalIs('Robot').actionIn(['customer:read', 'customer:write']);
//                                                                          ^^^^^^^^^^^^^^^^ TS2322 ["customer:write", "never has principal", "Robot", "it applies to", "User"]
export const n15 = permit().action(op.getOrdr);
//                                    ^^^^^^^ TS2551 Property 'getOrdr'
export const n16 = entity('Usr', 'u');
//                        ^^^^^ TS2345 Argument of type '"Usr"' is not assignable to parameter of type 'keyof Parents'
export const n17 = entity('User', 7);
//                                ^ TS2345 Argument of type 'number' is not assignable to parameter of type 'string'
export const n18 = group('admin');
//                       ^^^^^^^ TS2345 Argument of type '"admin"' is not assignable to parameter of type 'keyof Groups'
export const n19 = permit().resource(group('admins'));
//                                   ^^^^^ TS2345 Argument of type 'NamedEntity<Schema<Nothing>, "Group">'
export const n20 = forbid().annotate('priority', 7);
//                                               ^ TS2345 Argument of type 'number' is not assignable to parameter of type 'string'
export const n21 = forbid().id(7);
//                             ^ TS2345 Argument of type 'number' is not assignable to parameter of type 'string'
export const n22 = forbid().principalInGroup(group('admins'));
//                                           ^^^^^ TS2345 Argument of type 'NamedEntity<Schema<Nothing>, "Group">' is not assignable to parameter of type 'keyof Groups'
export const n23 = forbid().principalIs('User').principal(entity('User', 'u'));
//                                                        ^^^^^^ TS2345 ["principal type", "is set already"]
export const n24 = forbid().resourceIs('Order').resourceSlot();
//                                              ^^^^^^^^^^^^ TS2349 ["resource type", "is set already"]
export const n25 = forbid().actions(['POST /order']).actionInGroup('customer:read');
//                                                                 ^^^^^^^^^^^^^^^ TS2345 ["action is set already"]
export const n26 = forbid().when(({ action }) => action.eq('customer:read'));
//                                                         ^^^^^^^^^^^^^^^ TS2345 Argument of type '"customer:read"' is not assignable to parameter of type 'Action | keyof Actions'
export const n27 = forbid().when(({ action }) => action.in([]));
//                                                         ^ TS2345 Argument of type '[]'
export const n28 = forbid().when(({ action }) => action.name.eq('POST /order'));
//                                                      ^^^^ TS2339 Property 'name' does not exist on type 'ActionEntity<keyof Actions, keyof ActionGroups>'
export const n29 = forbid().when(() => actionEntity('POST /ordr').in('customer:read'));
//                                                  ^^^^^^^^^^^^ TS2345 '"POST /ordr"'
export const n30 = forbid().when(({ action }) => set(['POST /order']).contains(action));
//                                                                             ^^^^^^ TS2345 'ActionEntity<keyof Actions, keyof ActionGroups>' is not assignable to parameter of type 'string | Str'
export const n31 = forbid().when(({ action, principal }) => principal.eq(action));
//                                                                       ^^^^^^ TS2345 'ActionEntity<keyof Actions, keyof ActionGroups>' is not assignable to parameter of type 'Comparable<
export const n32 = forbid().when(({ action }) => action.in(['POST /order', 'POST /ordr']));
//                                                                         ^^^^^^^^^^^^ TS2820 Did you mean '"POST /order"'?

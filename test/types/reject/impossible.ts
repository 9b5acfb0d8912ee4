// An action that no request can have, as `npx cedarwright import` writes it.
import type { Dsl } from '../../../dsl/policy/types.ts';
import type { Schema } from '../schema.ts';

type Actions = Schema['actions'] & {
  nobody: { principal: never; resource: never; context: 'ReadContext'; impossible: true };
  nowhere: { principal: 'User'; resource: never; context: 'ReadContext'; impossible: true };
};
interface Imported extends Omit<Schema, 'actionName' | 'actions'> {
  actionName: keyof Actions;
  actions: Actions;
}
declare const permit: Dsl<Imported>['permit'];

export const i1 = permit().action('nobody');
//                                ^^^^^^^^ TS2345 ["nobody", "never has principal"
export const i2 = permit().actions(['GET /order/{id}', 'nobody']);
//                                                     ^^^^^^^^ TS2322 ["nobody", "never has principal"
export const i3 = permit().actions(['nowhere', 'GET /order/{id}']);
//                                  ^^^^^^^^^ TS2322 ["nowhere", "never has resource"
export const i4 = permit().actionIn(['customer:read', 'nobody']);
//                                                    ^^^^^^^^ TS2322 ["nobody", "never has principal"

// The API of this repository, as its tenant files see it.
import { saasTenant } from '../../../dsl/index.ts';

export default saasTenant({
  slug: 'acme',
  groups: ['PAYEE_MGMT'],
  policies: ({ permit, op }) => [
    permit().action('PUT /custmer/user/{id}').id('action'),
//                  ^^^^^^^^^^^^^^^^^^^^^^^^ TS2345
    permit().action(op.putCustomrUser).id('operation'),
//                     ^^^^^^^^^^^^^^ TS2551 Did you mean 'putCustomerUser'?
    permit().principalInGroup('PAYEE_MGNT').action(op.putCustomerUser).id('group'),
//                            ^^^^^^^^^^^^ TS2345
    permit().principalIs('User').when(({ principal }) => principal.rolee.eq('x')).id('attribute'),
//                                                                 ^^^^^ TS2551 Did you mean 'role'?
    permit().action(op.getAccount).when(({ resource }) => resource.balance.gt('1000')).id('operand'),
//                                                                            ^^^^^^ TS2345
    permit().principalIs('Service').action(op.putCustomerUser).id('principal'),
//                                         ^^^^^^^^^^^^^^^^^^ TS2345 "never has principal", "Service"
  ],
});

import { saasTenant } from '../dsl/index.ts';
import { everyone } from './shared/everyone.ts';
import { fourEyes } from './shared/four-eyes.ts';

export default saasTenant({
  slug: 'acme',
  groups: ['PAYEE_MGMT', 'PAYMENT_INITIATOR'],
  policies: ({ permit, op }) => [
    permit().principalInGroup('PAYEE_MGMT').action(op.putCustomerUser).id('payee-managers-edit-users'),

    permit()
      .actions(['ViewTransferButton', 'POST /transfers'])
      .resourceIs('Account')
      .when(({ principal, resource }) =>
        principal.role
          .eq('PAYMENT_INITIATOR')
          .and(resource.accountType.eq('BUSINESS'), resource.status.eq('ACTIVE')),
      )
      .id('initiators-transfer-from-active-business-accounts'),

    permit()
      .principalInGroup('PAYEE_MGMT')
      .actions([op.createPayee, op.putPayee, op.deletePayee])
      .id('payee-managers-keep-payees'),

    permit().principalInGroup('PAYMENT_INITIATOR').action(op.createQuote).id('initiators-ask-for-rates'),

    permit().principalInGroup('AUDITOR').actionInGroup('read').id('auditors-read-everything'),

    ...everyone,
    ...fourEyes,
  ],
  users: {
    alice: { groups: ['PAYEE_MGMT'], attributes: { role: 'PAYMENT_INITIATOR' } },
    bob: {},
    dave: {
      groups: ['PAYMENT_INITIATOR'],
      attributes: { role: 'PAYMENT_INITIATOR', department: 'Treasury', approvalLimit: 500_000 },
    },
    erin: { groups: ['AUDITOR'] },
  },
});

import { customerApp } from '../dsl/index.ts';
import { everyone } from './shared/everyone.ts';

export default customerApp({
  slug: 'retail',
  policies: ({ permit, forbid, op, set }) => [
    permit()
      .actions(['ViewTransferButton', 'POST /transfers'])
      .when(({ principal, resource }) =>
        principal.role.eq('OWNER').and(resource.accountType.eq('PERSONAL'), resource.status.eq('ACTIVE')),
      )
      .id('owners-pay-from-personal-accounts'),

    forbid()
      .action(op.createTransfer)
      .unless(({ resource }) => set(['EUR', 'CHF', 'USD']).contains(resource.currency))
      .id('only-currencies-that-we-clear'),

    permit()
      .actions([op.getCustomer, op.updateCustomer])
      .when(({ principal, resource }) =>
        principal.is('User', (user) => user.role.eq('OWNER')).and(resource.status.ne('SUSPENDED')),
      )
      .id('owners-keep-their-data'),

    permit()
      .action(op.getReport)
      .when(({ resource, context }) =>
        context.format.has((format) => format.like('pdf')).and(resource.confidential.not()),
      )
      .id('everyone-prints-public-reports'),

    ...everyone,
  ],
  users: {
    rita: { attributes: { role: 'OWNER' } },
    ron: {},
  },
});

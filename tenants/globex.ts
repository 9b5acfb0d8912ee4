import { saasTenant } from '../dsl/index.ts';
import { everyone } from './shared/everyone.ts';

export default saasTenant({
  slug: 'globex',
  groups: ['TREASURY', 'CLERK'],
  policies: ({ permit, forbid, op, set }) => [
    permit().principalInGroup('TREASURY').actionInGroup('payments').id('treasury-pays'),

    permit().principalInGroup('TREASURY').action('ViewTransferButton').id('treasury-sees-the-button'),

    forbid()
      .action(op.createTransfer)
      .when(({ resource }) => resource.balance.lt(0))
      .unless(({ resource }) => resource.overdraftLimit.has((limit) => resource.balance.plus(limit).gte(0)))
      .id('no-transfer-beyond-the-overdraft'),

    permit()
      .principalInGroup('CLERK')
      .action(op.createPayee)
      .when(({ resource }) => set(['CH', 'DE', 'FR', 'LI']).contains(resource.country))
      .unless(({ resource }) => resource.riskRating.has((rating) => rating.eq('HIGH')))
      .id('clerks-add-payees-of-ordinary-customers'),

    permit()
      .principalIs('User')
      .principalInGroup('CLERK')
      .action(op.cancelTransfer)
      .when(({ principal, resource, context }) =>
        resource.createdBy.eq(principal).and(
          resource.status.eq('PENDING_APPROVAL'),
          context.reason.has((reason) => reason.ne('')),
        ),
      )
      .id('clerks-cancel-their-own-with-a-reason'),

    permit()
      .principalInGroup('ADMIN')
      .actions([op.putCustomerUser, op.deleteCustomerUser])
      .unless(({ resource }) => resource.roles.contains('OWNER'))
      .id('admins-manage-users-but-owners'),

    forbid()
      .action(op.freezeAccount)
      .when(({ context }) => context.reason.eq(''))
      .id('no-freezing-without-a-reason'),

    permit()
      .principalInGroup('ADMIN')
      .action(op.freezeAccount)
      .when(({ resource }) => resource.status.eq('ACTIVE'))
      .id('admins-freeze-active-accounts'),

    ...everyone,
  ],
  users: {
    carol: { groups: ['TREASURY'], attributes: { role: 'TREASURER' } },
    gina: { groups: ['CLERK', 'ADMIN'] },
  },
});

import { forbid, ip, op, permit } from '../../dsl/index.ts';

/** Approval of transfers by a second person, up to that person's limit. */
export const fourEyes = [
  permit()
    .action(op.approveTransfer)
    .when(({ principal, resource }) =>
      principal.is('User', (user) => user.approvalLimit.has((limit) => resource.amount.lte(limit))),
    )
    .id('approvers-approve-up-to-their-limit'),

  forbid()
    .principalIs('User')
    .action(op.approveTransfer)
    .when(({ principal, resource }) => resource.createdBy.eq(principal))
    .id('nobody-approves-their-own-transfer'),

  forbid()
    .action(op.approveTransfer)
    .unless(({ context }) => context.sourceIp.isLoopback().or(context.sourceIp.isInRange(ip('10.0.0.0/8'))))
    .id('approval-only-from-the-office'),
];

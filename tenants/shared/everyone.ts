import { op, permit } from '../../dsl/index.ts';

/** For all who can sign in: what a user interface needs before it knows what its user may do. */
export const everyone = [
  permit().action(op.askPermissions).id('everyone-asks-for-permissions'),
  permit().actions([op.listAccounts, op.listPayees, op.listTransfers]).id('everyone-lists'),
  permit()
    .actions([op.getAccount, op.listStatements])
    .unless(({ resource }) => resource.status.eq('CLOSED'))
    .id('everyone-reads-open-accounts'),
];

import { oidcIssuer, saasTenant } from '../dsl/index.ts';
import { everyone } from './shared/everyone.ts';

/** A company that keeps its own accounts: no user pool, its people bring the tokens of their own identity provider. */
export default saasTenant({
  slug: 'hooli',
  groups: ['TREASURY'],
  identity: oidcIssuer({
    issuer: 'https://login.hooli.example/oauth2/default',
    clients: ['payments-web'],
    audience: 'https://api.payments.example.com',
    claims: { role: 'job', department: 'department' },
    groupsClaim: 'teams',
  }),
  policies: ({ permit, op }) => [
    permit().principalInGroup('TREASURY').action(op.createQuote).id('treasury-asks-for-rates'),

    permit()
      .action(op.getCustomer)
      .when(({ principal }) => principal.is('User', (user) => user.role.eq('CONTROLLER')))
      .id('controllers-look-at-the-company'),

    ...everyone,
  ],
  users: {
    gavin: { groups: ['TREASURY'], attributes: { role: 'CONTROLLER', department: 'Office of the CEO' } },
    richard: {},
  },
});

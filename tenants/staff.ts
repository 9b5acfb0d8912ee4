import { federatedWith, workforceApp } from '../dsl/index.ts';

/** The platform's own people. They sign in at the company's Okta; what they may do stands in the subjects table. */
export default workforceApp({
  slug: 'staff',
  identity: federatedWith({ issuer: 'https://corp.okta.com', clientId: '0oa7staffpool' }),
  dataTenants: ['acme', 'globex'],
  groups: ['DATA_STEWARD'],
  policies: ({ permit, forbid, op, set }) => [
    permit().principalInGroup('SUPPORT').actionInGroup('read').id('support-reads-everything'),

    permit()
      .principalIs('Employee')
      .principalInGroup('DATA_STEWARD')
      .action(op.updateCustomer)
      .when(({ principal, resource, context }) =>
        principal.regions
          .has((regions) => regions.contains(resource.country))
          .and(set(['name']).containsAll(context.changes)),
      )
      .id('data-stewards-correct-names-in-their-regions'),

    forbid()
      .principalIs('Employee')
      .actions([op.getAccount, op.listStatements, op.getStatement])
      .unless(({ principal }) => principal.department.eq('FINANCE'))
      .id('balances-are-for-finance'),
  ],
  users: {
    nora: { groups: ['SUPPORT'], attributes: { department: 'SUPPORT', level: 2 } },
    omar: {
      groups: ['SUPPORT', 'DATA_STEWARD'],
      attributes: { department: 'FINANCE', level: 3, regions: ['DE'] },
    },
    pia: {},
  },
});

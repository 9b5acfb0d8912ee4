import { serviceClient } from '../dsl/index.ts';
import { contract } from './shared/contract.ts';

/** Acme's bookkeeping, which reads what its people would have to type. */
export default serviceClient({
  slug: 'ledger',
  tier: 'partner',
  scopes: ['read', 'payments'],
  client: {
    groups: ['INTEGRATION'],
    attributes: { allowedOperations: ['listAccounts', 'getAccount', 'listStatements', 'createQuote'] },
  },
  dataTenants: ['acme'],
  policies: ({ permit, op }) => [
    permit()
      .principalInGroup('INTEGRATION')
      .actions([op.listAccounts, op.getAccount, op.listStatements])
      .id('reads-the-books'),

    permit()
      .action(op.createQuote)
      .when(({ principal }) =>
        principal.is('Service', (service) =>
          service.serviceId.eq('ledger').and(service.tier.eq('partner'), service.rateLimit.gte(10)),
        ),
      )
      .id('asks-for-rates-when-fast-enough'),

    ...contract,
  ],
});

import { forbid, op } from '../../dsl/index.ts';

/** Whatever the policies of a service permit: nothing that its contract does not name, and nothing that it did not ask its token for. */
export const contract = [
  forbid()
    .principalIs('Service')
    .action(op.listAccounts)
    .unless(({ principal }) => principal.allowedOperations.contains('listAccounts'))
    .id('contract-list-accounts'),
  forbid()
    .principalIs('Service')
    .action(op.getAccount)
    .unless(({ principal }) => principal.allowedOperations.contains('getAccount'))
    .id('contract-get-account'),
  forbid()
    .principalIs('Service')
    .action(op.listStatements)
    .unless(({ principal }) => principal.allowedOperations.contains('listStatements'))
    .id('contract-list-statements'),
  forbid()
    .principalIs('Service')
    .action(op.createQuote)
    .unless(({ principal }) => principal.allowedOperations.contains('createQuote'))
    .id('contract-create-quote'),

  forbid()
    .principalIs('Service')
    .actionInGroup('read')
    .unless(({ principal }) => principal.scopes.contains('read'))
    .id('scope-read'),
  forbid()
    .principalIs('Service')
    .actionInGroup('payments')
    .unless(({ principal }) => principal.scopes.contains('payments'))
    .id('scope-payments'),
];

import { policies, sample } from '../../dsl/testing.ts';

const ledger = await policies('ledger');

const account = sample('Account', {
  tenant: 'acme',
  accountType: 'BUSINESS',
  status: 'ACTIVE',
  balance: 100_000,
  currency: 'EUR',
});
const machine = (changes: object = {}) => ({
  type: 'Service' as const,
  groups: ['INTEGRATION' as const],
  attributes: {
    serviceId: 'ledger',
    tier: 'partner',
    rateLimit: 20,
    scopes: ['read', 'payments'],
    allowedOperations: ['listAccounts', 'getAccount', 'listStatements', 'createQuote'],
    ...changes,
  },
});

describe('ledger', () => {
  it('reads the books of its data tenant, and asks for rates', () => {
    ledger.can(machine(), 'GET /accounts');
    ledger.can(machine(), 'GET /accounts/{id}', account());
    ledger.can(machine(), 'GET /accounts/{id}/statements', account());
    ledger.can(machine(), 'POST /quotes');
    ledger
      .cannot(machine(), 'GET /accounts/{id}', account({ tenant: 'globex' }))
      .by('guardrail-foreign-resource');
    ledger.cannot(machine(), 'GET /payees');
  });

  it('is a partner by its group, its name, its tier and its rate', () => {
    ledger.cannot({ ...machine(), groups: [] }, 'GET /accounts');
    for (const other of [{ serviceId: 'other' }, { tier: 'default' }, { rateLimit: 9 }])
      ledger.cannot(machine(other), 'POST /quotes');
  });

  it('does nothing that its contract does not name', () => {
    const without = machine({ allowedOperations: [] });
    ledger.cannot(without, 'GET /accounts').by('contract-list-accounts');
    ledger.cannot(without, 'GET /accounts/{id}', account()).by('contract-get-account');
    ledger.cannot(without, 'GET /accounts/{id}/statements', account()).by('contract-list-statements');
    ledger.cannot(without, 'POST /quotes').by('contract-create-quote');
  });

  it('does nothing that its token was not asked for', () => {
    ledger.cannot(machine({ scopes: ['payments'] }), 'GET /accounts').by('scope-read');
    ledger.cannot(machine({ scopes: ['read'] }), 'POST /quotes').by('scope-payments');
  });
});

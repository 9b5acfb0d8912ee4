import { policies, sample } from '../../dsl/testing.ts';

const staff = await policies('staff');

const customer = sample('Customer', {
  tenant: 'acme',
  country: 'DE',
  createdAt: '2020-01-01',
  segments: ['BUSINESS'],
  status: 'ACTIVE',
});
const account = sample('Account', {
  tenant: 'acme',
  accountType: 'BUSINESS',
  status: 'ACTIVE',
  balance: 0,
  currency: 'EUR',
});
const statement = sample('Statement', { tenant: 'acme', month: '2026-01' });

describe('staff', () => {
  it('looks at customers, for support, and changes none', () => {
    staff.can('nora', 'GET /customers/{id}', customer()).by('support-reads-everything');
    staff.cannot('nora', 'PATCH /customers/{id}', customer(), { changes: ['name'] });
    staff.cannot('pia', 'GET /customers/{id}', customer());
  });

  it('corrects names, and nothing but names, in the regions of a data steward', () => {
    const change = 'PATCH /customers/{id}';
    staff
      .can('omar', change, customer(), { changes: ['name'] })
      .by('data-stewards-correct-names-in-their-regions');
    staff.can('omar', change, customer(), { changes: [] });
    staff.cannot('omar', change, customer(), { changes: ['country'] });
    staff.cannot('omar', change, customer(), { changes: ['name', 'country'] });
    staff.cannot('omar', change, customer({ country: 'FR' }), { changes: ['name'] });
    staff.cannot({ groups: ['DATA_STEWARD'] }, change, customer(), { changes: ['name'] });
  });

  it('keeps balances for finance, whoever may read', () => {
    const read = 'GET /accounts/{id}';
    staff.cannot('nora', read, account()).by('balances-are-for-finance');
    staff.can('omar', read, account()).by('support-reads-everything');
    staff.cannot('nora', 'GET /statements/{id}', statement()).by('balances-are-for-finance');
    staff.can('omar', 'GET /statements/{id}', statement());
  });

  it('reaches the data of acme and globex, of nobody else, and nothing while suspended', () => {
    const read = 'GET /customers/{id}';
    staff.can('nora', read, customer({ tenant: 'globex' }));
    staff.cannot('nora', read, customer({ tenant: 'retail' })).by('guardrail-foreign-resource');
    staff
      .cannot({ groups: ['SUPPORT'], attributes: { suspended: true } }, read, customer())
      .by('guardrail-suspended');
    staff
      .cannot({ groups: ['SUPPORT'], attributes: { tenant: 'acme' } }, read, customer())
      .by('guardrail-foreign-principal');
  });
});

import { policies, sample } from '../../dsl/testing.ts';

const retail = await policies('retail');
const gateway = await policies('retail', { phase: 'gateway' });

const account = sample('Account', { accountType: 'PERSONAL', status: 'ACTIVE', balance: 0, currency: 'EUR' });
const customer = sample('Customer', {
  country: 'DE',
  createdAt: '2020-01-01',
  segments: [],
  status: 'ACTIVE',
});
const report = sample('Report', { confidential: false, reportType: 'FEES' });

describe('retail', () => {
  it('lets owners pay from active personal accounts, in currencies that we clear', () => {
    const pay = 'POST /transfers';
    retail.can('rita', pay, account()).by('owners-pay-from-personal-accounts');
    retail.cannot('ron', pay, account());
    retail.cannot('rita', pay, account({ accountType: 'BUSINESS' }));
    retail.cannot('rita', pay, account({ status: 'FROZEN' }));
    retail.cannot('rita', pay, account({ currency: 'JPY' })).by('only-currencies-that-we-clear');
    retail.can('rita', 'ViewTransferButton', account({ currency: 'JPY' }));
  });

  it('lets owners keep their data, unless they are suspended', () => {
    retail.table(
      [
        ['GET /customers/{id}', customer()],
        ['PATCH /customers/{id}', customer(), { changes: ['name'] }],
        ['PATCH /customers/{id}', customer({ status: 'SUSPENDED' }), { changes: ['name'] }],
      ],
      ['rita', 'can', 'can', 'cannot'],
      ['ron', 'cannot', 'cannot', 'cannot'],
    );
  });

  it('prints public reports for everyone', () => {
    retail.can('ron', 'GET /reports/{id}', report(), { format: 'pdf' }).by('everyone-prints-public-reports');
    retail.cannot('ron', 'GET /reports/{id}', report(), { format: 'csv' });
    retail.cannot('ron', 'GET /reports/{id}', report());
    retail.cannot('ron', 'GET /reports/{id}', report({ confidential: true }), { format: 'pdf' });
  });

  it('turns away at the gateway what no account could change, and leaves the rest to the backend', () => {
    gateway.can('rita', 'POST /transfers', { type: 'Account' });
    gateway.cannot('ron', 'POST /transfers', { type: 'Account' });
    gateway.cannot('ron', 'GET /reports/{id}', { type: 'Report' }, { format: 'csv' });
  });
});

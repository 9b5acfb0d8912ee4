import { policies, sample } from '../../dsl/testing.ts';

const globex = await policies('globex');

const treasurer = 'carol';
const clerk = { groups: ['CLERK'] };
const admin = { groups: ['ADMIN'] };

const account = sample('Account', { accountType: 'BUSINESS', status: 'ACTIVE', balance: 0, currency: 'EUR' });
const customer = sample('Customer', {
  country: 'CH',
  createdAt: '2020-01-01',
  segments: ['SMALL_BUSINESS'],
  status: 'ACTIVE',
});
const user = sample('CustomerUser', { customerId: 'c-1', roles: ['CLERK'], status: 'ACTIVE' });

describe('globex', () => {
  it('pays from an account down to its overdraft limit', () => {
    const pay = 'POST /transfers';
    globex.can(treasurer, pay, account()).by('treasury-pays');
    globex.cannot(treasurer, pay, account({ balance: -1 })).by('no-transfer-beyond-the-overdraft');
    globex.can(treasurer, pay, account({ balance: -100, overdraftLimit: 100 }));
    globex.cannot(treasurer, pay, account({ balance: -101, overdraftLimit: 100 }));
    globex.cannot(clerk, pay, account());
    globex.can(treasurer, 'ViewTransferButton', account({ balance: -1 })).by('treasury-sees-the-button');
  });

  it('adds payees for ordinary customers only', () => {
    const add = 'POST /payees';
    globex.can(clerk, add, customer()).by('clerks-add-payees-of-ordinary-customers');
    globex.can(clerk, add, customer({ riskRating: 'LOW' }));
    globex.cannot(clerk, add, customer({ riskRating: 'HIGH' }));
    globex.cannot(clerk, add, customer({ country: 'US' }));
  });

  it('lets clerks take back their own transfers, with a reason, while nobody has approved them', () => {
    const mine = sample('Transfer', {
      amount: 500,
      createdAt: '2026-01-31T08:00:00Z',
      createdBy: 'gina',
      currency: 'EUR',
      status: 'PENDING_APPROVAL',
    });
    const cancel = 'POST /transfers/{id}/cancel';
    globex.can('gina', cancel, mine(), { reason: 'typo' }).by('clerks-cancel-their-own-with-a-reason');
    globex.cannot('gina', cancel, mine());
    globex.cannot('gina', cancel, mine(), { reason: '' });
    globex.cannot('gina', cancel, mine({ status: 'SENT' }), { reason: 'typo' });
    globex.cannot('gina', cancel, mine({ createdBy: 'carol' }), { reason: 'typo' });
  });

  it('has users managed by admins, but for owners', () => {
    globex.table(
      [
        ['PUT /customer/user/{id}', user()],
        ['DELETE /customer/user/{id}', user()],
        ['DELETE /customer/user/{id}', user({ roles: ['CLERK', 'OWNER'] })],
      ],
      [admin, 'can', 'can', 'cannot'],
      [clerk, 'cannot', 'cannot', 'cannot'],
    );
  });

  it('freezes nothing without a reason, and nothing twice', () => {
    const freeze = 'POST /accounts/{id}/freeze';
    globex.can(admin, freeze, account(), { reason: 'fraud' }).by('admins-freeze-active-accounts');
    globex.cannot(admin, freeze, account(), { reason: '' }).by('no-freezing-without-a-reason');
    globex.cannot(admin, freeze, account({ status: 'FROZEN' }), { reason: 'fraud' });
  });
});

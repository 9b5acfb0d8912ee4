import { policies, sample } from '../../dsl/testing.ts';

const acme = await policies('acme');

const account = sample('Account', {
  accountType: 'BUSINESS',
  status: 'ACTIVE',
  balance: 100_000,
  currency: 'CHF',
});
const user = sample('CustomerUser', { customerId: 'c-1', roles: ['CLERK'], status: 'ACTIVE' });
const payee = sample('Payee', { country: 'CH', currency: 'CHF', verified: true });
const transfer = sample('Transfer', {
  amount: 500,
  createdAt: '2026-01-31T08:00:00Z',
  createdBy: 'alice',
  currency: 'CHF',
  status: 'PENDING_APPROVAL',
});

describe('acme', () => {
  it('gives each of its people what they need, and no more', () => {
    acme.table(
      [
        ['PUT /customer/user/{id}', user()],
        ['PUT /payees/{id}', payee()],
        ['POST /quotes'],
        ['POST /transfers', account()],
        ['GET /payees/{id}', payee()],
      ],
      ['alice', 'can', 'can', 'cannot', 'can', 'cannot'],
      ['bob', 'cannot', 'cannot', 'cannot', 'cannot', 'cannot'],
      ['dave', 'cannot', 'cannot', 'can', 'can', 'cannot'],
      ['erin', 'cannot', 'cannot', 'cannot', 'cannot', 'can'],
    );
  });

  it('transfers from active business accounts, and shows the button where it does', () => {
    const pays = 'initiators-transfer-from-active-business-accounts';
    for (const action of ['POST /transfers', 'ViewTransferButton'] as const) {
      acme.can('alice', action, account()).by(pays);
      acme.cannot('alice', action, account({ status: 'FROZEN' }));
      acme.cannot('alice', action, account({ accountType: 'PERSONAL' }));
    }
  });

  it('has a transfer approved by a second person, up to their limit, from the office', () => {
    const office = { at: '2026-02-01T09:00:00Z', sourceIp: '10.1.2.3' };
    const approve = 'POST /transfers/{id}/approve';

    acme
      .can('dave', approve, transfer({ amount: 500_000 }), office)
      .by('approvers-approve-up-to-their-limit');
    acme.can('dave', approve, transfer(), { ...office, sourceIp: '127.0.0.1' });
    acme.cannot('dave', approve, transfer({ amount: 500_001 }), office);
    acme.cannot('bob', approve, transfer(), office);
    acme
      .cannot('dave', approve, transfer({ createdBy: 'dave' }), office)
      .by('nobody-approves-their-own-transfer');
    acme
      .cannot('dave', approve, transfer(), { ...office, sourceIp: '192.0.2.1' })
      .by('approval-only-from-the-office');
  });
});

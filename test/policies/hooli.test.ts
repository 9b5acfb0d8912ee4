import { policies, sample } from '../../dsl/testing.ts';

const hooli = await policies('hooli');

const customer = sample('Customer', {
  country: 'US',
  createdAt: '2020-01-01',
  segments: ['BUSINESS'],
  status: 'ACTIVE',
});

describe('hooli', () => {
  it('lets its treasury, which its own issuer names, ask for rates', () => {
    hooli.can('gavin', 'POST /quotes').by('treasury-asks-for-rates');
    hooli.cannot('richard', 'POST /quotes');
  });

  it('lets controllers look at the company', () => {
    hooli.can('gavin', 'GET /customers/{id}', customer()).by('controllers-look-at-the-company');
    hooli.cannot('richard', 'GET /customers/{id}', customer());
  });
});

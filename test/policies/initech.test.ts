import { policies, sample } from '../../dsl/testing.ts';

const initech = await policies('initech');

const customer = sample('Customer', {
  country: 'US',
  createdAt: '2020-01-01',
  segments: ['BUSINESS'],
  status: 'ACTIVE',
});

describe('initech', () => {
  it('lets its treasury, which its own issuer names, ask for rates', () => {
    initech.can('milton', 'POST /quotes').by('treasury-asks-for-rates');
    initech.cannot('peter', 'POST /quotes');
  });

  it('lets controllers look at the company', () => {
    initech.can('milton', 'GET /customers/{id}', customer()).by('controllers-look-at-the-company');
    initech.cannot('peter', 'GET /customers/{id}', customer());
  });
});

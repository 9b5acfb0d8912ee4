import { policies, sample } from '../../dsl/testing.ts';

const account = sample('Account', {
  accountType: 'BUSINESS',
  status: 'ACTIVE',
  balance: 0,
  currency: 'EUR',
});
const read = 'GET /accounts/{id}';

for (const slug of ['acme', 'globex', 'hooli', 'retail']) {
  const tenant = await policies(slug);

  describe(`what ${slug} has in common with all tenants`, () => {
    it('lets everyone ask for permissions, list, and read open accounts', () => {
      tenant.can({}, 'POST /permissions').by('everyone-asks-for-permissions');
      tenant.can({}, 'GET /accounts').by('everyone-lists');
      tenant.can({}, read, account()).by('everyone-reads-open-accounts');
      tenant.cannot({}, read, account({ status: 'CLOSED' }));
    });

    it('keeps out other people, other data, the suspended, and machines where a person must answer', () => {
      const machine = {
        type: 'Service',
        attributes: { allowedOperations: ['freezeAccount'], rateLimit: 10, scopes: [], serviceId: 'batch' },
      } as const;
      tenant.cannot({ attributes: { tenant: 'other' } }, read, account()).by('guardrail-foreign-principal');
      tenant.cannot({}, read, account({ tenant: 'other' })).by('guardrail-foreign-resource');
      tenant.cannot({ attributes: { suspended: true } }, read, account()).by('guardrail-suspended');
      tenant
        .cannot(machine, 'POST /accounts/{id}/freeze', account(), { reason: 'fraud' })
        .by('guardrail-human-only');
    });
  });
}

import { expect } from 'chai';
import { formatProblem } from '../../dsl/check/problem.ts';
import type { Tenant } from '../../dsl/tenants/tenant.ts';
import { ask, ownTenants, type Question } from './asking.ts';

describe('the tenants of the demo', () => {
  let tenants: ReadonlyMap<string, Tenant>;
  const tenant = (slug: string): Tenant => {
    const found = tenants.get(slug);
    if (!found) throw new Error(`no tenant ${slug}`);
    return found;
  };
  before(async () => {
    const { tenants: loaded, problems } = await ownTenants();
    expect(problems.map(formatProblem)).to.deep.equal([]);
    tenants = new Map(loaded.map((each) => [each.slug, each]));
  });

  it('are of two kinds, and each has all guardrails', () => {
    expect([...tenants.values()].map(({ slug, kind }) => `${slug} ${kind}`)).to.deep.equal([
      'acme saasTenant',
      'globex saasTenant',
      'retail customerApp',
    ]);
    for (const { policies } of tenants.values()) {
      expect(policies.filter(({ guardrail }) => guardrail).map(({ id }) => id)).to.deep.equal([
        'guardrail-foreign-principal',
        'guardrail-foreign-resource',
        'guardrail-suspended',
        'guardrail-human-only',
      ]);
    }
  });

  // The embedded engine decides alone here; through Verified Permissions they are asked end to end.
  for (const slug of ['acme', 'retail']) {
    describe(`the guardrails of ${slug}`, () => {
      const account = (owner: string): Question => ({
        action: 'GET /accounts/{id}',
        resource: { type: 'Account', attributes: { tenant: owner, status: 'ACTIVE' } },
      });

      it('let its own people read their own data', () => {
        expect(ask(tenant(slug), {}, account(slug)).enforced).to.equal('allow');
      });

      it('deny a principal of another tenant', () => {
        const { enforced, reasons } = ask(tenant(slug), { tenant: 'other' }, account(slug));
        expect([enforced, ...reasons]).to.deep.equal(['deny', 'guardrail-foreign-principal']);
      });

      it('deny a resource of another tenant', () => {
        const { enforced, reasons } = ask(tenant(slug), {}, account('other'));
        expect([enforced, ...reasons]).to.deep.equal(['deny', 'guardrail-foreign-resource']);
      });

      it('deny who is suspended', () => {
        const { enforced, reasons } = ask(tenant(slug), { suspended: true }, account(slug));
        expect([enforced, ...reasons]).to.deep.equal(['deny', 'guardrail-suspended']);
      });

      it('deny a machine what a person must answer for', () => {
        const { enforced, reasons } = ask(
          tenant(slug),
          { type: 'Service' },
          {
            action: 'POST /accounts/{id}/freeze',
            resource: { type: 'Account', attributes: { tenant: slug, status: 'ACTIVE' } },
            context: { reason: 'fraud' },
          },
        );
        expect([enforced, ...reasons]).to.deep.equal(['deny', 'guardrail-human-only']);
      });
    });
  }

  describe('acme', () => {
    const alice = { groups: ['PAYEE_MGMT'], attributes: { role: 'PAYMENT_INITIATOR' } };
    const account = (action: string, status = 'ACTIVE', accountType = 'BUSINESS'): Question => ({
      action,
      resource: { type: 'Account', attributes: { tenant: 'acme', status, accountType } },
    });
    const user: Question = {
      action: 'PUT /customer/user/{id}',
      resource: { type: 'CustomerUser', attributes: { tenant: 'acme' } },
    };

    it('lets alice edit users, and bob not', () => {
      expect(ask(tenant('acme'), alice, user).enforced).to.equal('allow');
      expect(ask(tenant('acme'), {}, user).enforced).to.equal('deny');
    });

    it('answers the button and the transfer with one policy', () => {
      for (const action of ['ViewTransferButton', 'POST /transfers']) {
        expect(ask(tenant('acme'), alice, account(action)).reasons).to.deep.equal([
          'initiators-transfer-from-active-business-accounts',
        ]);
        expect(ask(tenant('acme'), alice, account(action, 'FROZEN')).enforced).to.equal('deny');
        expect(ask(tenant('acme'), alice, account(action, 'ACTIVE', 'PERSONAL')).enforced).to.equal('deny');
        expect(ask(tenant('acme'), {}, account(action)).enforced).to.equal('deny');
      }
    });

    it('has a transfer approved by a second person, up to a limit, from the office', () => {
      const approval = (ip: string, creator = 'acme|another'): Question => ({
        action: 'POST /transfers/{id}/approve',
        resource: {
          type: 'Transfer',
          attributes: {
            tenant: 'acme',
            amount: 500,
            createdBy: { __entity: { type: 'Payments::User', id: creator } },
          },
        },
        context: { sourceIp: { __extn: { fn: 'ip', arg: ip } } },
      });
      const approver = (approvalLimit: number) => ({ attributes: { approvalLimit } });
      expect(ask(tenant('acme'), approver(500), approval('10.1.2.3')).enforced).to.equal('allow');
      expect(ask(tenant('acme'), approver(499), approval('10.1.2.3')).enforced).to.equal('deny');
      expect(ask(tenant('acme'), approver(500), approval('192.0.2.1')).enforced).to.equal('deny');
      expect(ask(tenant('acme'), approver(500), approval('10.1.2.3', 'acme|someone')).enforced).to.equal(
        'deny',
      );
      expect(ask(tenant('acme'), {}, approval('10.1.2.3')).enforced).to.equal('deny');
    });
  });

  describe('globex', () => {
    it('pays from an account down to its overdraft limit', () => {
      const transfer = (attributes: Readonly<Record<string, number>>) =>
        ask(
          tenant('globex'),
          { groups: ['TREASURY'] },
          {
            action: 'POST /transfers',
            resource: { type: 'Account', attributes: { tenant: 'globex', ...attributes } },
          },
        ).enforced;
      expect(transfer({ balance: 1 })).to.equal('allow');
      expect(transfer({ balance: -1 })).to.equal('deny');
      expect(transfer({ balance: -100, overdraftLimit: 100 })).to.equal('allow');
      expect(transfer({ balance: -101, overdraftLimit: 100 })).to.equal('deny');
    });

    it('adds payees for ordinary customers only', () => {
      const add = (attributes: Readonly<Record<string, string>>) =>
        ask(
          tenant('globex'),
          { groups: ['CLERK'] },
          {
            action: 'POST /payees',
            resource: { type: 'Customer', attributes: { tenant: 'globex', ...attributes } },
          },
        ).enforced;
      expect(add({ country: 'CH' })).to.equal('allow');
      expect(add({ country: 'CH', riskRating: 'HIGH' })).to.equal('deny');
      expect(add({ country: 'US' })).to.equal('deny');
    });

    it('freezes nothing without a reason', () => {
      const freeze = (reason: string) =>
        ask(
          tenant('globex'),
          { groups: ['ADMIN'] },
          {
            action: 'POST /accounts/{id}/freeze',
            resource: { type: 'Account', attributes: { tenant: 'globex', status: 'ACTIVE' } },
            context: { reason },
          },
        ).enforced;
      expect(freeze('fraud')).to.equal('allow');
      expect(freeze('')).to.equal('deny');
    });
  });
});

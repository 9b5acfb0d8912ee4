import { decodeJwt } from 'jose';
import { expect } from 'chai';
import type { TestCloud } from '../cloud.ts';
import { sharedCloud } from './shared.ts';

const MODES = {
  'as-token': 'verified-permissions-with-token',
  'as-embedded': 'embedded',
  'as-hybrid': 'hybrid',
  'as-hybrid-claims': 'hybrid-claims',
  'as-claims': 'claims',
} as const;
const AUDITORS = /permit\(\).*'auditors-read-everything'\),/;

describe('tenants in every decision mode', function () {
  this.timeout(90_000);
  let test: TestCloud;
  before(async () => {
    test = await sharedCloud();
    const source = await test.project.read('acme');
    for (const [slug, mode] of Object.entries(MODES)) {
      const tenant = source.replace("slug: 'acme',", `slug: '${slug}', decisionMode: '${mode}',`);
      // No token may decide what is sensitive.
      const carried = tenant.replace('...fourEyes,', '').replace(AUDITORS, '');
      await test.project.write(slug, mode === 'claims' ? carried : tenant);
    }
    expect((await test.cloud.update()).problems).to.deep.equal([]);
  });

  /** Whether the gateway lets it through: about rows of another tenant, the service has the last word. */
  async function passes(request: string, slug: string, user: string): Promise<boolean> {
    const { status, body } = await test.ask(
      request,
      `${slug}/${user}`,
      request.startsWith('GET') ? undefined : {},
    );
    expect(status, JSON.stringify(body)).to.be.below(500);
    return !(status === 403 && JSON.stringify(body).includes('not authorized to access'));
  }

  it('differ between those who may and those who may not', async () => {
    expect(await passes('PUT /payees/pay-1', 'acme', 'alice')).to.equal(true);
    expect(await passes('PUT /payees/pay-1', 'acme', 'bob')).to.equal(false);
  });

  const requests = ['GET /accounts', 'PUT /payees/pay-1', 'PUT /customer/user/1'];
  const sensitive = ['POST /transfers/tra-1/approve', 'POST /audit/exports'];
  for (const [slug, mode] of Object.entries(MODES))
    it(`let the same requests through by ${mode}`, async () => {
      for (const user of ['alice', 'bob'])
        for (const request of [...requests, ...(mode === 'claims' ? [] : sensitive)])
          expect(await passes(request, slug, user), `${user}: ${request}`).to.equal(
            await passes(request, 'acme', user),
          );
    });

  it('write into tokens what their holders may do, in the modes that go by it, and nothing sensitive', async () => {
    const granted = async (who: string): Promise<unknown> =>
      decodeJwt(await test.token(who))['gateway_permissions'];
    expect(await granted('as-claims/alice')).to.include.members(['putPayee', 'listAccounts']);
    expect(await granted('as-claims/bob')).not.to.include('putPayee');
    expect(await granted('as-hybrid-claims/alice')).not.to.include('approveTransfer');
    expect(await granted('acme/alice')).to.equal(undefined);
  });
});

import { expect } from 'chai';
import { registryKey } from '../../../authz/tables/registry.ts';
import { accessClaims, issuerOf } from '../fixture.ts';
import { sign, signingKey } from '../issuer.ts';
import { type Ask, startService, type Service } from './service.ts';

const seconds = (fromNow: number): number => Math.floor(Date.now() / 1000) + fromNow;

describe('the backend kit, verifying the original token itself,', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  beforeEach(() => service.reset());
  after(() => service.close());

  /** What a gateway would have told about somebody whom it let through. */
  const forwarded = {
    'x-tenant-id': 'acme',
    'x-principal-id': 'acme|alice',
    'x-decision-id': '5f0c1a52-0000-4000-8000-00000000000a',
  };

  const unauthorized: Readonly<Record<string, readonly [reason: string, () => Promise<Ask>]>> = {
    'no token': ['TOKEN_MISSING', async () => ({ claims: null })],
    'an empty header': ['TOKEN_MISSING', async () => ({ claims: null, headers: { authorization: '' } })],
    'another scheme': [
      'TOKEN_MALFORMED',
      async () => ({ claims: null, headers: { authorization: 'Basic YTpi' } }),
    ],
    'something else': ['TOKEN_MALFORMED', async () => ({ token: 'no.token' })],
    'a token signed by another key': [
      'TOKEN_INVALID',
      async () => ({ token: await sign(await signingKey('key-1', 'somebody else'), accessClaims()) }),
    ],
    'an ID token': ['TOKEN_WRONG_USE', async () => ({ claims: { token_use: 'id' } })],
    'an expired token': ['TOKEN_EXPIRED', async () => ({ claims: { exp: seconds(-1) } })],
    'a token that is not valid yet': ['TOKEN_NOT_YET_VALID', async () => ({ claims: { nbf: seconds(60) } })],
  };
  for (const [what, [reason, ask]] of Object.entries(unauthorized))
    it(`answers 401 to ${what}, whatever headers say who it is`, async () => {
      const { headers, ...rest } = await ask();
      const { status, body } = await service.ask('GET /books/1', {
        ...rest,
        headers: { ...forwarded, ...headers },
      });
      expect(status).to.equal(401);
      expect(body).to.deep.equal({ message: 'Unauthorized', decisionId: service.decisions[0]?.decisionId });
      expect(service.decisions.map((decision) => decision.reason)).to.deep.equal([reason]);
      expect(service.ran).to.deep.equal([]);
    });

  it('answers 401 to two tokens, of which two readers could take either', async () => {
    const token = await sign(service.key, accessClaims());
    const both = [`Bearer ${token}`, `Bearer ${token}`];
    expect(await service.ask('GET /books/1', { claims: null, headers: { authorization: both } })).to.include({
      status: 401,
    });
  });

  const forbidden: Readonly<Record<string, readonly [reason: string, () => Promise<Ask>]>> = {
    'an issuer that the registry does not name': [
      'ISSUER_UNKNOWN',
      async () => ({ claims: { iss: issuerOf('us-east-1_Nobody001') } }),
    ],
    'another tenant’s claim': ['TENANT_MISMATCH', async () => ({ claims: { tenant_id: 'globex' } })],
    'a required claim that is absent': ['CLAIM_MISSING', async () => ({ claims: { suspended: null } })],
  };
  for (const [what, [reason, ask]] of Object.entries(forbidden))
    it(`denies ${what}`, async () => {
      expect(await service.ask('GET /books/1', await ask())).to.include({ status: 403 });
      expect(service.reason()).to.equal(reason);
      expect(service.ran).to.deep.equal([]);
    });

  it('denies everybody of a suspended tenant, at once', async () => {
    expect(await service.ask('GET /books/1')).to.include({ status: 200 });
    const suspension = { ...registryKey.suspension('acme'), since: 'now', by: 'operator' };
    await service.tables.put(suspension);
    expect(await service.ask('GET /books/1')).to.include({ status: 403 });
    expect(service.reason()).to.equal('TENANT_SUSPENDED');
    await service.tables.remove(suspension);
  });

  it('takes tenant and principal from the token, whatever headers say', async () => {
    service.instead = async ({ tenant, principalId }) => ({ status: 200, body: { tenant, principalId } });
    const { body } = await service.ask('GET /books/1', {
      claims: { sub: 'alice' },
      headers: { 'x-tenant-id': 'globex', 'x-principal-id': 'globex|carol' },
    });
    expect(body).to.deep.equal({ tenant: 'acme', principalId: 'acme|alice' });
  });
});

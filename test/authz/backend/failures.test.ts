import { expect } from 'chai';
import { accessClaims, registryRow } from '../fixture.ts';
import { sign, signingKey } from '../issuer.ts';
import { GATEWAY_SECRET, PERMIT_ALL, startService, type Service } from './service.ts';

describe('the backend kit, when something cannot be asked,', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  beforeEach(() => service.reset());
  after(() => service.close());

  const expectUnavailable = async (reason: string, token?: string): Promise<void> => {
    const { status, body } = await service.ask('PUT /books/1', {
      body: { pages: 1 },
      ...(token && { token }),
    });
    expect(status).to.equal(503);
    const { decisionId } = service.decisions.at(-1) ?? {};
    expect(body).to.deep.equal({ message: 'Service Unavailable', decisionId });
    expect(service.decisions.at(-1)).to.include({ decision: 'unavailable', reason });
    expect(service.ran).to.deep.equal([]);
    expect(await service.book('acme', '1')).to.include({ pages: '300' });
  };

  it('answers 503 while the published policies cannot be read', async () => {
    await service.publish({ broken: 'permit(principal, action' });
    await expectUnavailable('DECIDER_UNAVAILABLE');
    await service.publish(PERMIT_ALL);
    expect(await service.ask('GET /books/1')).to.include({ status: 200 });
  });

  it('answers 503 while the registry makes no sense', async () => {
    await service.tables.put({ ...registryRow(), audiences: 'any' });
    await expectUnavailable('REGISTRY_UNAVAILABLE');
  });

  it('answers 503 while the keys cannot be had', async () => {
    service.keys.fail = 503;
    const other = await sign(await signingKey('unseen', 'somebody else'), accessClaims());
    await expectUnavailable('KEYS_UNAVAILABLE', other);
    service.keys.fail = undefined;
  });

  it('answers 503 while the database takes nobody', async () => {
    await service.db.admin.query('alter role library_service connection limit 0');
    await service.db.admin.query(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'library_service'",
    );
    await expectUnavailable('DATABASE_UNAVAILABLE');
    await service.db.admin.query('alter role library_service connection limit -1');
    expect(await service.ask('GET /books/1')).to.include({ status: 200 });
  });

  it('writes no token, secret, query string, body or claim value anywhere', async () => {
    const token = await sign(service.key, accessClaims({ role: 'CLAIM-VALUE' }));
    const full = {
      token,
      headers: { 'x-reason': 'HEADER-VALUE', 'x-gateway-secret': GATEWAY_SECRET },
      body: { pages: 'BODY-VALUE', book: 'BODY VALUE/1' },
    };
    // Allowed and failing in the database, denied, unlocated, erring, unavailable.
    await service.ask('PUT /books/1?page=QUERY-VALUE', full);
    await service.publish({
      nobody: 'forbid(principal, action, resource) when { principal.role == "CLAIM-VALUE" };',
    });
    await service.ask('PUT /books/1?page=QUERY-VALUE', full);
    await service.ask('POST /loans?page=QUERY-VALUE', full);
    await service.publish({ erring: 'forbid(principal, action, resource) when { principal.role > 1 };' });
    await service.ask('PUT /books/1?page=QUERY-VALUE', full);
    await service.publish({ broken: 'permit(principal, "CLAIM-VALUE"' });
    await service.ask('PUT /books/1?page=QUERY-VALUE', full);
    expect(service.decisions.map(({ decision, reason }) => reason ?? decision)).to.deep.equal([
      'allow',
      'POLICY_DENIES',
      'RESOURCE_ID_REFUSED',
      'POLICY_ERROR',
      'DECIDER_UNAVAILABLE',
    ]);
    const written = JSON.stringify(service.decisions);
    for (const secret of ['VALUE', GATEWAY_SECRET, ...token.split('.')])
      expect(written).not.to.contain(secret);
  });
});

import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { createIdentify, type Identify } from '../../../authz/identity/identify.ts';
import { createKeys } from '../../../authz/identity/keys.ts';
import { createRegistry } from '../../../authz/identity/registry.ts';
import { createTokenCache } from '../../../authz/identity/token-cache.ts';
import { IdentityUnavailable } from '../../../authz/identity/unavailable.ts';
import { createVerify } from '../../../authz/identity/verify.ts';
import { registryKey } from '../../../authz/tables/registry.ts';
import { accessClaims, CLIENT, issuerOf, model, POOL, registryRow, SUB } from '../fixture.ts';
import { type KeyServer, sign, type SigningKey, signingKey, startKeyServer } from '../issuer.ts';
import { startTables, type Tables } from '../tables.ts';

const OTHER_POOL = 'us-east-1_Globex001';
const text = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('identification', () => {
  let keys: KeyServer;
  let tables: Tables;
  let own: SigningKey;
  let foreign: SigningKey;
  let now: number;
  let identify: Identify;

  /** A container of its own: empty caches. */
  const fresh = (stalenessMs = 5_000): Identify => {
    const clock = (): number => now;
    const { documents, table } = tables;
    return createIdentify({
      model,
      registry: createRegistry({ documents, table, stalenessMs, now: clock }),
      verify: createVerify(createKeys(keys.origin, clock)),
      tokens: createTokenCache(clock),
      now: clock,
    });
  };
  const reasonOf = async (token: string, by = identify): Promise<string> => {
    const { result } = await by(token);
    return result.ok ? 'ACCEPTED' : result.reason;
  };
  const reasonFor = async (claims: Readonly<Record<string, unknown>>): Promise<string> =>
    reasonOf(await sign(own, accessClaims(claims)));
  const rejection = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    );

  before(async () => {
    [keys, tables, own, foreign] = await Promise.all([
      startKeyServer(),
      startTables(),
      signingKey('key-1'),
      signingKey('key-2', 'somebody else'),
    ]);
    keys.keys.set(POOL, [own.jwk]);
    keys.keys.set(OTHER_POOL, [foreign.jwk]);
  });
  after(async () => {
    await keys.close();
    await tables.close();
  });
  beforeEach(async () => {
    now = Date.now();
    keys.asked.length = 0;
    keys.fail = undefined;
    await tables.put(registryRow());
    identify = fresh();
  });

  it('turns a token into a principal of its tenant', async () => {
    const token = await sign(own, accessClaims({ role: 'CLERK', level: 3, joined: '2024-05-01' }));
    const { slug, result } = await identify(token);
    expect(slug).to.equal('acme');
    expect(result).to.deep.include({ ok: true });
    expect(result.ok && result.identity).to.deep.include({
      sub: SUB,
      groups: ['LIBRARIAN'],
      attributes: {
        tenant: 'acme',
        kind: 'saasTenant',
        suspended: false,
        role: 'CLERK',
        level: 3,
        joined: { __extn: { fn: 'datetime', arg: '2024-05-01' } },
      },
    });
  });

  it('takes the groups of a service from the claim that our token hook writes', async () => {
    await tables.put(registryRow({ kind: 'serviceClient' }));
    const { result } = await identify(await sign(own, accessClaims({ service_groups: ['ROBOT'] })));
    expect(result.ok && result.identity.groups).to.deep.equal(['ROBOT']);
    const without = await identify(await sign(own, accessClaims()));
    expect(without.result.ok && without.result.identity.groups).to.deep.equal([]);
  });

  describe('of hostile tokens', () => {
    it('refuses an unsigned one', async () => {
      const unsigned = `${text({ alg: 'none', kid: own.kid })}.${text(accessClaims())}.AAAA`;
      expect(await reasonOf(unsigned)).to.equal('TOKEN_INVALID');
    });

    it('refuses one signed with the public key as a shared secret', async () => {
      const input = `${text({ alg: 'HS256', kid: own.kid })}.${text(accessClaims())}`;
      const signature = createHmac('sha256', own.publicPem).update(input).digest('base64url');
      expect(await reasonOf(`${input}.${signature}`)).to.equal('TOKEN_INVALID');
    });

    it('refuses one that claims another algorithm for a good signature', async () => {
      const [, payload, signature] = (await sign(own, accessClaims())).split('.');
      const header = text({ alg: 'RS512', kid: own.kid });
      expect(await reasonOf(`${header}.${payload}.${signature}`)).to.equal('TOKEN_INVALID');
    });

    it('refuses an unknown key, the key of another pool, and a changed payload', async () => {
      expect(await reasonOf(await sign({ ...own, kid: 'nobody' }, accessClaims()))).to.equal('TOKEN_INVALID');
      expect(await reasonOf(await sign(foreign, accessClaims()))).to.equal('TOKEN_INVALID');
      expect(await reasonOf(await sign({ ...foreign, kid: own.kid }, accessClaims()))).to.equal(
        'TOKEN_INVALID',
      );
      const [header, , signature] = (await sign(own, accessClaims())).split('.');
      const changed = `${header}.${text(accessClaims({ role: 'ADMIN' }))}.${signature}`;
      expect(await reasonOf(changed, fresh())).to.equal('TOKEN_INVALID');
    });

    it('refuses one that is over, not begun, or for ever', async () => {
      const seconds = Math.floor(Date.now() / 1000);
      expect(await reasonFor({ exp: seconds - 5 })).to.equal('TOKEN_EXPIRED');
      expect(await reasonFor({ nbf: seconds + 300 })).to.equal('TOKEN_NOT_YET_VALID');
      expect(await reasonFor({ exp: undefined })).to.equal('TOKEN_INVALID');
    });

    it('refuses an ID token where the tenant wants access tokens', async () => {
      expect(await reasonFor({ token_use: 'id', aud: CLIENT, client_id: undefined })).to.equal(
        'TOKEN_WRONG_CLIENT',
      );
      expect(await reasonFor({ token_use: 'id' })).to.equal('TOKEN_WRONG_USE');
      expect(await reasonFor({ token_use: undefined })).to.equal('TOKEN_WRONG_USE');
    });

    it('refuses an access token where the tenant wants ID tokens', async () => {
      await tables.put(registryRow({ tokenUse: 'id', clientIdClaim: 'aud' }));
      expect(await reasonFor({ aud: CLIENT, client_id: undefined, token_use: 'id' })).to.equal('ACCEPTED');
      expect(await reasonFor({ aud: CLIENT })).to.equal('TOKEN_WRONG_USE');
    });

    it('does not let a second client claim pass for the one that counts', async () => {
      await tables.put(registryRow({ clientIdClaim: 'aud' }));
      expect(await reasonFor({ aud: 'another' })).to.equal('TOKEN_WRONG_CLIENT');
      expect(await reasonFor({ aud: [CLIENT, 'another'] })).to.equal('TOKEN_WRONG_CLIENT');
    });

    it('refuses a tenant, subject or group list of another shape', async () => {
      expect(await reasonFor({ tenant_id: 'globex' })).to.equal('TENANT_MISMATCH');
      expect(await reasonFor({ tenant_id: undefined })).to.equal('TENANT_MISMATCH');
      expect(await reasonFor({ tenant_id: ['acme'] })).to.equal('TENANT_MISMATCH');
      expect(await reasonFor({ sub: undefined })).to.equal('CLAIM_MISSING');
      expect(await reasonFor({ sub: 'a\u0000b' })).to.equal('CLAIM_INVALID');
      expect(await reasonFor({ 'cognito:groups': 'LIBRARIAN' })).to.equal('CLAIM_INVALID');
      expect(await reasonFor({ 'cognito:groups': [7] })).to.equal('CLAIM_INVALID');
    });

    it('takes reserved attributes from the registry and the token hook only', async () => {
      const claimMap = { ...registryRow().claimMap, mine: 'tenant', kind: 'kind', fine: 'suspended' };
      await tables.put(registryRow({ claimMap }));
      const claims = { mine: 'globex', tenant: 'globex', kind: 'workforceApp', suspended: true, fine: false };
      const { result } = await identify(await sign(own, accessClaims(claims)));
      expect(result.ok && result.identity.attributes).to.deep.include({
        tenant: 'acme',
        kind: 'saasTenant',
        suspended: true,
      });
    });

    it('asks for required claims, and for the type of every one', async () => {
      expect(await reasonFor({ suspended: undefined })).to.equal('CLAIM_MISSING');
      expect(await reasonFor({ role: undefined })).to.equal('CLAIM_MISSING');
      expect(await reasonFor({ role: null })).to.equal('CLAIM_MISSING');
      expect(await reasonFor({ suspended: 'false' })).to.equal('CLAIM_INVALID');
      expect(await reasonFor({ level: '3' })).to.equal('CLAIM_INVALID');
      expect(await reasonFor({ level: 1.5 })).to.equal('CLAIM_INVALID');
      expect(await reasonFor({ joined: '2024-02-30' })).to.equal('CLAIM_INVALID');
    });

    it('never asks an issuer for keys that the registry does not name', async () => {
      const real = issuerOf(POOL);
      const tricks = [
        keys.origin,
        `${keys.origin}/${POOL}`,
        `${real}/`,
        real.toUpperCase(),
        real.replace('https://', 'https://user@'),
        `${real}#@${new URL(keys.origin).host}`,
        `${real}?`,
        `${new URL(keys.origin).host}/${POOL}`,
        `${real}/../${OTHER_POOL}`,
      ];
      for (const iss of tricks) expect(await reasonFor({ iss }), iss).to.equal('ISSUER_UNKNOWN');
      expect(await reasonFor({ iss: 'x'.repeat(2_000) })).to.equal('TOKEN_MALFORMED');
      expect(await reasonFor({ iss: undefined })).to.equal('TOKEN_MALFORMED');
      expect(keys.asked).to.deep.equal([]);
    });

    it('refuses a client that the registry does not name', async () => {
      expect(await reasonFor({ client_id: 'another' })).to.equal('ISSUER_UNKNOWN');
      expect(await reasonFor({ client_id: undefined })).to.equal('TOKEN_MALFORMED');
      expect(await reasonFor({ client_id: 'x'.repeat(1_100) })).to.equal('TOKEN_MALFORMED');
    });
  });

  describe('through the registry', () => {
    const wildcardIssuer = issuerOf('us-east-1_Wild00001');
    const wildcard = (client: string): Promise<string> =>
      sign(foreign, accessClaims({ iss: wildcardIssuer, client_id: client, tenant_id: 'wild' }));

    before(async () => {
      keys.keys.set('us-east-1_Wild00001', [foreign.jwk]);
      await tables.put(
        registryRow({ ...registryKey.anyClient(wildcardIssuer), slug: 'wild', audiences: ['one', 'two'] }),
      );
    });

    it('falls back to the row for any client, whose audiences still count', async () => {
      expect(await reasonOf(await wildcard('one'))).to.equal('ACCEPTED');
      expect(await reasonOf(await wildcard('three'))).to.equal('TOKEN_WRONG_CLIENT');
    });

    it("lets a client's own row block the fallback", async () => {
      await tables.put(registryRow({ slug: 'former', audiences: [] }, wildcardIssuer, 'two'));
      expect(await reasonOf(await wildcard('two'))).to.equal('TOKEN_WRONG_CLIENT');
    });

    it("blocks the fallback by a client's own row, whatever that says", async () => {
      const client = registryKey.client(wildcardIssuer, 'one');
      await tables.put(client);
      const error = await rejection(identify(await wildcard('one')));
      expect(error).to.be.instanceOf(IdentityUnavailable).and.to.include({ what: 'registry' });
      await tables.put(registryRow({ ...client, slug: 'wild', audiences: ['one'] }));
      const suspension = { ...registryKey.suspension('wild'), since: 'now', by: 'operator' };
      await tables.put(suspension);
      identify = fresh(0);
      expect(await reasonOf(await wildcard('one'))).to.equal('TENANT_SUSPENDED');
      await tables.remove(suspension);
      await tables.remove(client);
    });

    it('knows no fallback in a pool that services share, whoever wrote the row', async () => {
      const row = registryRow({ ...registryKey.anyClient(wildcardIssuer), slug: 'wild', audiences: ['one'] });
      identify = fresh(0);
      await tables.put({ ...row, kind: 'serviceClient' });
      expect(await reasonOf(await wildcard('one'))).to.equal('ISSUER_UNKNOWN');
      await tables.put({ ...registryKey.anyClient(wildcardIssuer), shared: true });
      expect(await reasonOf(await wildcard('one'))).to.equal('ISSUER_UNKNOWN');
      await tables.put(row);
      expect(await reasonOf(await wildcard('one'))).to.equal('ACCEPTED');
    });

    it('refuses a suspended tenant, no later than the staleness bound', async () => {
      const token = await sign(own, accessClaims());
      expect(await reasonOf(token)).to.equal('ACCEPTED');
      const since = new Date(now).toISOString();
      const suspension = { ...registryKey.suspension('acme'), since, by: 'operator' };
      await tables.put(suspension);
      now += 4_999;
      expect(await reasonOf(token), 'within the bound').to.equal('ACCEPTED');
      now += 1;
      expect(await reasonOf(token), 'at the bound').to.equal('TENANT_SUSPENDED');
      await tables.remove(suspension);
    });

    it('gives no verdict from a malformed row', async () => {
      await tables.put({ ...registryRow(), decisionMode: 'always-allow' });
      const error = await rejection(identify(await sign(own, accessClaims())));
      expect(error).to.be.instanceOf(IdentityUnavailable).and.to.include({ what: 'registry' });
    });
  });

  describe('with its caches', () => {
    it('verifies a token once, and still asks the row each time', async () => {
      identify = fresh(0);
      const token = await sign(own, accessClaims());
      expect((await identify(token)).cacheHits).to.deep.equal({ registry: false, token: false });
      expect((await identify(token)).cacheHits).to.deep.equal({ registry: false, token: true });
      await tables.put(registryRow({ tokenUse: 'id' }));
      expect(await reasonOf(token)).to.equal('TOKEN_WRONG_USE');
      await tables.put(registryRow({ audiences: [] }));
      expect(await reasonOf(token)).to.equal('TOKEN_WRONG_CLIENT');
    });

    it('verifies again when the result is too old, by the row as it is now', async () => {
      identify = fresh(0);
      const token = await sign(own, accessClaims());
      await identify(token);
      now += 299_000;
      expect((await identify(token)).cacheHits.token).to.equal(true);
      await tables.put(registryRow({ tokenTtlSeconds: 60 }));
      expect((await identify(token)).cacheHits.token).to.equal(false);
    });

    it('forgets a token when it is over', async () => {
      const token = await sign(own, accessClaims({ exp: Math.floor(now / 1000) + 2 }));
      expect(await reasonOf(token)).to.equal('ACCEPTED');
      now += 2_001;
      expect((await identify(token)).cacheHits.token).to.equal(false);
    });

    it('asks for keys once, and once more for an unknown key', async () => {
      await reasonFor({});
      await reasonFor({ sub: 'another' });
      expect(keys.asked).to.have.length(1);
      await reasonOf(await sign({ ...own, kid: 'unknown-1' }, accessClaims()));
      await reasonOf(await sign({ ...own, kid: 'unknown-2' }, accessClaims()));
      expect(keys.asked).to.have.length(2);
    });
  });

  describe('when something is down', () => {
    it('tells missing keys from a bad signature', async () => {
      const token = await sign(own, accessClaims());
      keys.fail = 503;
      const error = await rejection(identify(token));
      expect(error).to.be.instanceOf(IdentityUnavailable).and.to.include({ what: 'keys' });
      keys.fail = undefined;
      now += 1_000;
      expect(await reasonOf(token), 'the outage is not remembered').to.equal('ACCEPTED');
    });

    it('tells an unreachable registry from an unknown issuer', async () => {
      const down = await startTables();
      await down.stop();
      const registry = createRegistry({ ...down, stalenessMs: 5_000, now: () => now });
      const error = await rejection(registry.find(issuerOf(POOL), CLIENT));
      expect(error).to.be.instanceOf(IdentityUnavailable).and.to.include({ what: 'registry' });
      await down.close();
    });
  });
});

describe('keys', () => {
  it('come from elsewhere only on this machine', () => {
    for (const origin of ['https://keys.example.com', 'http://127.0.0.1.example.com', 'https://127.0.0.1'])
      expect(() => createKeys(origin), origin).to.throw('this machine');
  });
});

import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import { createIdentify, type Identity } from '../../../authz/identity/identify.ts';
import { createKeys } from '../../../authz/identity/keys.ts';
import { createRegistry } from '../../../authz/identity/registry.ts';
import { createTokenCache } from '../../../authz/identity/token-cache.ts';
import { createVerify } from '../../../authz/identity/verify.ts';
import { registryKey, type RegistryRow } from '../../../authz/tables/registry.ts';
import { model, registryRow, SUB } from '../fixture.ts';
import { closeServer, portOf, sign, signingKey, type SigningKey } from '../issuer.ts';
import { startTables, type Tables } from '../tables.ts';

const ISSUER = 'https://login.example/realm';
const API = 'https://api.example';
const APP = 'web-app';
const KEYS = 'https://login.example/realm/keys';
const DISCOVERY = '/oidc/login.example/realm/.well-known/openid-configuration';

describe('a tenant whose issuer is no user pool', () => {
  let tables: Tables;
  let key: SigningKey;
  let server: Server;
  let identify: ReturnType<typeof createIdentify>;
  let now = Date.now();
  const asked: string[] = [];
  /** What the internet says, by path below the stand-in. */
  const documents = new Map<string, object>();

  before(async () => {
    [tables, key] = await Promise.all([startTables(), signingKey('foreign')]);
    server = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push(path);
      const document = documents.get(path);
      response.writeHead(document ? 200 : 404).end(JSON.stringify(document ?? {}));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    await closeServer(server);
    await tables.close();
  });
  beforeEach(async () => {
    asked.length = 0;
    documents.clear();
    documents.set(DISCOVERY, { issuer: ISSUER, jwks_uri: KEYS });
    documents.set(KEYS.replace('https://', '/oidc/'), { keys: [key.jwk] });
    now += 60_000;
    const clock = (): number => now;
    const keys = createKeys(`http://127.0.0.1:${portOf(server)}`, clock);
    identify = createIdentify({
      model,
      registry: createRegistry({ ...tables, stalenessMs: 0, now: clock }),
      verify: createVerify(keys),
      tokens: createTokenCache(clock),
      now: clock,
    });
    await register();
  });

  const register = (changes: Partial<RegistryRow> = {}): Promise<void> =>
    tables.put(
      registryRow(
        {
          audience: API,
          claimMap: { job: 'role', grade: 'level' },
          groupsClaim: 'roles',
          groups: ['CATALOGUER'],
          ...changes,
        },
        ISSUER,
        APP,
      ),
    );
  const claims = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
    iss: ISSUER,
    sub: SUB,
    aud: API,
    client_id: APP,
    exp: Math.floor(Date.now() / 1000) + 600,
    ...changes,
  });
  const resultOf = async (changes: Readonly<Record<string, unknown>> = {}) =>
    (await identify(await sign(key, claims(changes)))).result;
  const identityOf = async (changes: Readonly<Record<string, unknown>> = {}): Promise<Identity> => {
    const result = await resultOf(changes);
    if (!result.ok) throw new Error(result.reason);
    return result.identity;
  };
  const reasonOf = async (changes: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const result = await resultOf(changes);
    return result.ok ? 'ACCEPTED' : result.reason;
  };

  it('is known by the claims that are listed, and by defaults for the rest', async () => {
    expect(await identityOf({ job: 'CLERK', grade: 3, roles: ['CATALOGUER'] })).to.deep.include({
      sub: SUB,
      groups: ['CATALOGUER'],
      attributes: { tenant: 'acme', kind: 'saasTenant', suspended: false, role: 'CLERK', level: 3 },
    });
    expect((await identityOf()).attributes).to.include({ role: 'NONE' });
  });

  it('has no say beyond its list: common groups, tenant, kind, suspension, permissions, unlisted claims', async () => {
    const { row, groups, attributes, tenantAttributes } = await identityOf({
      tenant_id: 'globex',
      tenant: 'globex',
      kind: 'serviceClient',
      suspended: true,
      role: 'ADMIN',
      level: 9,
      roles: ['LIBRARIAN', 'CATALOGUER'],
      groups: ['LIBRARIAN'],
      'cognito:groups': ['LIBRARIAN'],
      permissions: ['PUT /books/{id}'],
      ext_site: 'north',
      'custom:tenant_id': 'globex',
    });
    expect(row.slug).to.equal('acme');
    expect(groups).to.deep.equal(['CATALOGUER']);
    expect(attributes).to.deep.equal({ tenant: 'acme', kind: 'saasTenant', suspended: false, role: 'NONE' });
    expect(tenantAttributes).to.deep.equal({});
  });

  it('is refused where a listed claim is of another type, because a forbid may ask for it', async () => {
    expect(await reasonOf({ job: 7 })).to.equal('CLAIM_INVALID');
    expect(await reasonOf({ roles: 'CATALOGUER' })).to.equal('CLAIM_INVALID');
    expect(await reasonOf({ roles: ['CATALOGUER', 7] })).to.equal('CLAIM_INVALID');
  });

  it('is in no group while none is listed', async () => {
    await register({ groups: [] });
    expect((await identityOf({ roles: ['CATALOGUER'] })).groups).to.deep.equal([]);
  });

  it('may name several audiences, this API among them', async () => {
    expect(await reasonOf({ aud: ['https://login.example/userinfo', API] })).to.equal('ACCEPTED');
    for (const aud of ['https://other.example', ['https://other.example'], undefined, `${API}/`])
      expect(await reasonOf({ aud }), JSON.stringify(aud)).to.equal('TOKEN_WRONG_AUDIENCE');
    expect(await reasonOf({ aud: [API, 7] })).to.equal('TOKEN_MALFORMED');
  });

  it('names its client where the row says, and nowhere else', async () => {
    for (const clientIdClaim of ['azp', 'cid'] as const) {
      await register({ clientIdClaim });
      expect(await reasonOf({ client_id: undefined, [clientIdClaim]: APP }), clientIdClaim).to.equal(
        'ACCEPTED',
      );
      expect(await reasonOf(), `client_id for ${clientIdClaim}`).to.equal('TOKEN_WRONG_CLIENT');
    }
    await register();
    expect(await reasonOf({ client_id: undefined, azp: APP })).to.equal('TOKEN_WRONG_CLIENT');
    expect(await reasonOf({ client_id: 'another-app' })).to.equal('ISSUER_UNKNOWN');
    expect(await reasonOf({ client_id: undefined, azp: [APP] })).to.equal('TOKEN_MALFORMED');
  });

  it('is known by ID tokens where they are the grant, and by no other token then', async () => {
    const { audience: _, ...row } = registryRow({ clientIdClaim: 'aud', tokenUse: 'id' }, ISSUER, APP);
    await tables.put(row);
    expect(await reasonOf({ client_id: undefined, aud: APP })).to.equal('ACCEPTED');
    expect(await reasonOf({ client_id: undefined, azp: APP, aud: APP })).to.equal('ACCEPTED');
    expect(await reasonOf({ aud: API })).to.equal('TOKEN_WRONG_CLIENT');
    expect(await reasonOf({ client_id: undefined, azp: APP, aud: [APP, API] })).to.equal(
      'TOKEN_WRONG_CLIENT',
    );
  });

  it('is another issuer with another letter', async () => {
    for (const iss of [`${ISSUER}/`, 'https://login.example', 'https://LOGIN.example/realm'])
      expect(await reasonOf({ iss }), iss).to.equal('ISSUER_UNKNOWN');
  });

  it('is refused while its client has no row or its tenant is suspended', async () => {
    await tables.put({ ...registryKey.suspension('acme'), since: '2026-01-01T00:00:00Z', by: 'operator' });
    expect(await reasonOf()).to.equal('TENANT_SUSPENDED');
    await tables.remove(registryKey.suspension('acme'));
    expect(await reasonOf()).to.equal('ACCEPTED');
  });

  describe('keys', () => {
    const unavailable = async (): Promise<unknown> =>
      resultOf().then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.name : undefined),
      );

    it('are discovered once', async () => {
      await identityOf();
      await identityOf({ grade: 1 });
      expect(asked.filter((path) => path === DISCOVERY)).to.have.length(1);
    });

    it('are where the row says, without a discovery', async () => {
      await register({ jwksUri: KEYS });
      documents.delete(DISCOVERY);
      expect(await reasonOf()).to.equal('ACCEPTED');
    });

    it('are not taken from a document of another issuer, nor from the open', async () => {
      for (const document of [
        { issuer: `${ISSUER}/`, jwks_uri: KEYS },
        { issuer: 'https://evil.example', jwks_uri: KEYS },
        { issuer: ISSUER, jwks_uri: 'http://login.example/realm/keys' },
        { issuer: ISSUER, jwks_uri: 'keys' },
        { issuer: ISSUER },
        [],
      ]) {
        documents.set(DISCOVERY, document);
        expect(await unavailable(), JSON.stringify(document)).to.equal('IdentityUnavailable');
        now += 10_000;
      }
    });

    it('cannot be had: no verdict on the token, one question in 10 s', async () => {
      documents.clear();
      for (let token = 0; token < 5; token++) expect(await unavailable()).to.equal('IdentityUnavailable');
      expect(asked).to.have.length(1);
      documents.set(DISCOVERY, { issuer: ISSUER, jwks_uri: KEYS });
      documents.set(KEYS.replace('https://', '/oidc/'), { keys: [key.jwk] });
      now += 10_000;
      expect(await reasonOf()).to.equal('ACCEPTED');
    });
  });
});

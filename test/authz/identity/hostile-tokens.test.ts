import { expect } from 'chai';
import { createIdentify, type Identify } from '../../../authz/identity/identify.ts';
import { createKeys } from '../../../authz/identity/keys.ts';
import { createRegistry } from '../../../authz/identity/registry.ts';
import { createTokenCache } from '../../../authz/identity/token-cache.ts';
import { createVerify } from '../../../authz/identity/verify.ts';
import { bearerToken } from '../../../authz/request/bearer.ts';
import { accessClaims, CLIENT, issuerOf, model, POOL, registryRow } from '../fixture.ts';
import { hostileTokens, type HostileToken } from '../hostile-tokens.ts';
import { type KeyServer, sign, type SigningKey, signingKey, startKeyServer } from '../issuer.ts';
import { startTables, type Tables } from '../tables.ts';

describe('tokens of attackers', () => {
  let keys: KeyServer;
  let tables: Tables;
  let own: SigningKey;
  let theirs: SigningKey;
  let all: readonly HostileToken[];
  let now: number;
  let identify: Identify;

  const fresh = (): Identify => {
    const clock = (): number => now;
    return createIdentify({
      model,
      registry: createRegistry({ ...tables, stalenessMs: 60_000, now: clock }),
      verify: createVerify(createKeys(keys.origin, clock)),
      tokens: createTokenCache(clock),
      now: clock,
    });
  };
  const reasonOf = async (token: string): Promise<string> => {
    const bearer = bearerToken([`Bearer ${token}`]);
    if (!bearer.ok) return bearer.reason;
    const { result } = await identify(bearer.token);
    return result.ok ? 'ACCEPTED' : result.reason;
  };

  before(async () => {
    [keys, tables, own, theirs] = await Promise.all([
      startKeyServer(),
      startTables(),
      signingKey('key-1'),
      signingKey('key-9', 'somebody else'),
    ]);
    await tables.put(registryRow());
    all = await hostileTokens(own, theirs);
  });
  after(async () => {
    await keys.close();
    await tables.close();
  });
  beforeEach(() => {
    now = Date.now();
    keys.asked.length = 0;
    keys.keys.set(POOL, [own.jwk]);
    identify = fresh();
  });

  it('are refused, each for its reason, and cost their issuer next to nothing', async () => {
    const found: Record<string, string> = {};
    for (const { what, token } of all) found[what] = await reasonOf(token);
    expect(found).to.deep.equal(Object.fromEntries(all.map(({ what, reason }) => [what, reason])));
    expect(all.length).to.be.above(180);
    // Once for the keys, and once for the first key id that is not among them.
    expect(keys.asked.length).to.be.at.most(2);
    expect(await reasonOf(await sign(own, accessClaims())), 'a good one, after all of them').to.equal(
      'ACCEPTED',
    );
  });

  it('are refused in a fresh container, whichever comes first', async () => {
    for (const { what, token, reason } of all) {
      identify = fresh();
      expect(await reasonOf(token), what).to.equal(reason);
    }
  });

  it('are not remembered as good because the same claims once were', async () => {
    const token = await sign(own, accessClaims());
    expect(await reasonOf(token)).to.equal('ACCEPTED');
    const [head, body] = token.split('.');
    expect(await reasonOf(`${head}.${body}.${'A'.repeat(342)}`)).to.equal('TOKEN_INVALID');
  });

  it('with a thousand unknown key ids make us ask for keys once, however they arrive', async () => {
    const tokens = await Promise.all(
      Array.from({ length: 1_000 }, (_, at) => sign({ ...theirs, kid: `unknown-${at}` }, accessClaims())),
    );
    for (const first of await Promise.all(tokens.slice(0, 500).map((token) => reasonOf(token))))
      expect(first).to.equal('TOKEN_INVALID');
    for (const token of tokens.slice(500)) expect(await reasonOf(token)).to.equal('TOKEN_INVALID');
    expect(keys.asked).to.have.length(1);
    // Good tokens between them open no door for more.
    for (const token of tokens.slice(0, 50)) {
      await reasonOf(token);
      expect(await reasonOf(await sign(own, accessClaims()))).to.equal('ACCEPTED');
    }
    expect(keys.asked).to.have.length(1);
    now += 10_000;
    for (const token of tokens.slice(0, 50)) await reasonOf(token);
    expect(keys.asked, 'ten seconds later, once more').to.have.length(2);
  });

  it('make no outage worse: while keys cannot be had, they are asked for once a second', async () => {
    keys.fail = 503;
    const tokens = await Promise.all(
      Array.from({ length: 100 }, (_, at) => sign({ ...theirs, kid: `unknown-${at}` }, accessClaims())),
    );
    const outcomes = await Promise.all(tokens.map((token) => reasonOf(token).catch(() => 'UNAVAILABLE')));
    for (const token of tokens) outcomes.push(await reasonOf(token).catch(() => 'UNAVAILABLE'));
    expect(new Set(outcomes)).to.deep.equal(new Set(['UNAVAILABLE']));
    expect(keys.asked.length).to.equal(1);
    keys.fail = undefined;
    now += 1_000;
    expect(await reasonOf(await sign(own, accessClaims()))).to.equal('ACCEPTED');
  });

  it('are refused that another tenant’s pool has signed, whatever they say and whatever its key is called', async () => {
    const pool = 'us-east-1_Globex0001';
    const globex = { iss: issuerOf(pool), client_id: 'globexclient', tenant_id: 'globex' };
    await tables.put(registryRow({ slug: 'globex' }, globex.iss, globex.client_id));
    const namesake = { ...theirs, kid: own.kid };
    keys.keys.set(pool, [{ ...theirs.jwk, kid: own.kid }]);
    const ask = async (claims: object): Promise<string> =>
      reasonOf(await sign(namesake, accessClaims({ ...globex, ...claims })));
    expect(await ask({}), 'a good one of its own').to.equal('ACCEPTED');
    expect(await reasonOf(await sign(own, accessClaims()))).to.equal('ACCEPTED');
    expect(await ask({ tenant_id: 'acme' })).to.equal('TENANT_MISMATCH');
    expect(await ask({ client_id: CLIENT })).to.equal('ISSUER_UNKNOWN');
    expect(await ask({ iss: issuerOf(POOL), client_id: CLIENT, tenant_id: 'acme' })).to.equal(
      'TOKEN_INVALID',
    );
    expect(await ask({ iss: issuerOf(POOL) })).to.equal('ISSUER_UNKNOWN');
  });

  describe('and keys that change', () => {
    it('accept a new key at its first token', async () => {
      expect(await reasonOf(await sign(own, accessClaims()))).to.equal('ACCEPTED');
      const next = await signingKey('key-2', 'the issuer, later');
      keys.keys.set(POOL, [own.jwk, next.jwk]);
      expect(await reasonOf(await sign(next, accessClaims()))).to.equal('ACCEPTED');
      expect(keys.asked).to.have.length(2);
    });

    it('accept a new key within ten seconds even while somebody makes up key ids', async () => {
      await reasonOf(await sign({ ...theirs, kid: 'made-up' }, accessClaims()));
      const next = await signingKey('key-2', 'the issuer, later');
      keys.keys.set(POOL, [own.jwk, next.jwk]);
      now += 10_000;
      await reasonOf(await sign({ ...theirs, kid: 'made-up-too' }, accessClaims()));
      expect(await reasonOf(await sign(next, accessClaims()))).to.equal('ACCEPTED');
    });

    it('refuse a key that was withdrawn, five minutes later at most', async () => {
      expect(await reasonOf(await sign(own, accessClaims({ sub: 'a' })))).to.equal('ACCEPTED');
      keys.keys.set(POOL, [theirs.jwk]);
      now += 5 * 60_000 - 1;
      expect(await reasonOf(await sign(own, accessClaims({ sub: 'b' }))), 'within the bound').to.equal(
        'ACCEPTED',
      );
      now += 1;
      expect(await reasonOf(await sign(own, accessClaims({ sub: 'c' }))), 'at the bound').to.equal(
        'TOKEN_INVALID',
      );
    });

    it('refuse what an old key signed when another takes its id', async () => {
      expect(await reasonOf(await sign(own, accessClaims({ sub: 'a' })))).to.equal('ACCEPTED');
      const next = await signingKey(own.kid, 'the issuer, later');
      keys.keys.set(POOL, [next.jwk]);
      now += 5 * 60_000;
      expect(await reasonOf(await sign(own, accessClaims({ sub: 'b' })))).to.equal('TOKEN_INVALID');
      expect(await reasonOf(await sign(next, accessClaims({ sub: 'b' })))).to.equal('ACCEPTED');
    });

    it('serve an hour longer when their issuer cannot be asked, and no longer', async () => {
      const outcome = async (sub: string): Promise<string> =>
        reasonOf(await sign(own, accessClaims({ sub, exp: Math.floor(now / 1000) + 60 }))).catch(
          () => 'UNAVAILABLE',
        );
      expect(await outcome('a')).to.equal('ACCEPTED');
      keys.fail = 503;
      now += 60 * 60_000 - 1;
      expect(await outcome('b')).to.equal('ACCEPTED');
      now += 1;
      expect(await outcome('c')).to.equal('UNAVAILABLE');
    });

    afterEach(() => {
      keys.fail = undefined;
    });
  });
});

import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { expect } from 'chai';
import { createAuthorizer } from '../../authz/authorize.ts';
import { type Answer, type Decider, DeciderUnavailable, type Question } from '../../authz/decide/decider.ts';
import { gatewayDeciders } from '../../authz/decide/gateway-deciders.ts';
import type { Decision } from '../../authz/decision.ts';
import { createIdentify } from '../../authz/identity/identify.ts';
import { createKeys } from '../../authz/identity/keys.ts';
import { createRegistry } from '../../authz/identity/registry.ts';
import { createTokenCache } from '../../authz/identity/token-cache.ts';
import { createVerify } from '../../authz/identity/verify.ts';
import { registryKey } from '../../authz/tables/registry.ts';
import { connectEvent } from './connect-event.ts';
import { accessClaims, issuerOf, model, POOL, registryRow, SUB } from './fixture.ts';
import { type KeyServer, sign, type SigningKey, signingKey, startKeyServer } from './issuer.ts';
import { httpEvent } from './http-event.ts';
import { API_ARN, bearer, type EventOptions, restEvent } from './rest-event.ts';
import { startTables, type Tables } from './tables.ts';

const ALLOW: Answer = { decision: 'allow', determining: ['librarians-edit'], errors: [] };

describe('the authorizer', () => {
  let keys: KeyServer;
  let tables: Tables;
  let key: SigningKey;
  let decided: Decision[];
  let questions: Question[];
  let answer: () => Answer;
  let authorize: ReturnType<typeof createAuthorizer>;

  before(async () => {
    [keys, tables, key] = await Promise.all([startKeyServer(), startTables(), signingKey('key-1')]);
    keys.keys.set(POOL, [key.jwk]);
  });
  after(async () => {
    await keys.close();
    await tables.close();
  });
  /** Milliseconds by which the keys' clock is ahead. */
  let later = 0;

  beforeEach(async () => {
    decided = [];
    questions = [];
    answer = () => ALLOW;
    keys.fail = undefined;
    await tables.put(registryRow());
    const decider: Decider = {
      async decide(question) {
        questions.push(question);
        return answer();
      },
    };
    const never: Decider = { decide: () => Promise.reject(new Error('asked the wrong decider')) };
    authorize = createAuthorizer({
      model,
      identify: createIdentify({
        model,
        registry: createRegistry({ ...tables, stalenessMs: 0, now: Date.now }),
        verify: createVerify(createKeys(keys.origin, () => Date.now() + later)),
        tokens: createTokenCache(Date.now),
        now: Date.now,
      }),
      deciders: gatewayDeciders(model, { stored: decider, withToken: never, embedded: never }),
      webSocketOperation: 'GET /search',
      now: Date.now,
      record: (decision) => decided.push(decision),
    });
  });

  const ask = async (
    claims: Readonly<Record<string, unknown>> = {},
    options: EventOptions = {},
  ): Promise<APIGatewayAuthorizerResult> => {
    const token = await sign(key, accessClaims(claims));
    return authorize(restEvent({ headers: [bearer(token)], ...options }));
  };
  const messageOf = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => 'answered',
      (error: unknown) => (error instanceof Error ? error.message : 'no error'),
    );

  it('allows exactly this method and path, and tells the gateway who it is', async () => {
    const result = await ask();
    expect(result.policyDocument.Statement).to.deep.equal([
      { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${API_ARN}/PUT/books/42` },
    ]);
    const { decisionId = '' } = decided[0] ?? {};
    expect(result.principalId).to.equal(`acme|${SUB}`);
    expect(result.context).to.deep.equal({ tenantId: 'acme', principalId: `acme|${SUB}`, decisionId });
    expect(decisionId).to.match(/^[0-9a-f-]{36}$/);
  });

  it('records what decided, by ids only', async () => {
    await ask();
    const [{ decisionId: _, milliseconds, ...line } = { milliseconds: -1 }] = decided;
    expect(line).to.deep.equal({
      decision: 'allow',
      tenant: 'acme',
      principal: `acme|${SUB}`,
      action: 'PUT /books/{id}',
      resource: '42',
      determining: ['librarians-edit'],
      errors: [],
      cacheHits: { registry: false, token: false },
    });
    expect(milliseconds).to.be.at.least(0);
    expect(decided).to.have.length(1);
  });

  const expectDenied = (result: APIGatewayAuthorizerResult, reason: string): void => {
    expect(result.policyDocument.Statement).to.deep.equal([
      { Action: 'execute-api:Invoke', Effect: 'Deny', Resource: '*' },
    ]);
    expect(result.context).to.deep.equal({ decisionId: decided.at(-1)?.decisionId, reason });
    expect(decided.at(-1)).to.include({ decision: 'deny', reason });
  };

  it('denies with the reason', async () => {
    answer = () => ({ decision: 'deny', determining: ['no-writes'], errors: [] });
    expectDenied(await ask(), 'POLICY_DENIES');
    expectDenied(await ask({ tenant_id: 'globex' }), 'TENANT_MISMATCH');
    expectDenied(await ask({ iss: issuerOf('us-east-1_Nobody001') }), 'ISSUER_UNKNOWN');
    expectDenied(await ask({}, { path: '/books/%2e%2e' }), 'RESOURCE_ID_REFUSED');
    const suspension = { ...registryKey.suspension('acme'), since: 'now', by: 'operator' };
    await tables.put(suspension);
    expectDenied(await ask(), 'TENANT_SUSPENDED');
    await tables.remove(suspension);
  });

  it('denies an allow beside a policy that erred', async () => {
    answer = () => ({ ...ALLOW, errors: ['needs-role'] });
    expectDenied(await ask(), 'POLICY_ERROR');
  });

  it('answers 401 for whatever a better token would solve, asking nobody', async () => {
    expect(await messageOf(authorize(restEvent()))).to.equal('Unauthorized');
    expect(await messageOf(ask({ token_use: 'id' }))).to.equal('Unauthorized');
    const forged = await sign(await signingKey('key-1', 'somebody else'), accessClaims());
    expect(await messageOf(authorize(restEvent({ headers: [bearer(forged)] })))).to.equal('Unauthorized');
    expect(decided.map(({ reason }) => reason)).to.deep.equal([
      'TOKEN_MISSING',
      'TOKEN_WRONG_USE',
      'TOKEN_INVALID',
    ]);
    expect(questions).to.deep.equal([]);
  });

  it('fails, with no policy that could be cached, when something cannot be asked', async () => {
    keys.fail = 503;
    expect(await messageOf(ask())).to.equal('KEYS_UNAVAILABLE');
    keys.fail = undefined;
    // Keys are not asked for twice in a second while that fails.
    later = 1_000;
    await tables.put({ ...registryRow(), audiences: 'any' });
    expect(await messageOf(ask())).to.equal('REGISTRY_UNAVAILABLE');
    await tables.put(registryRow());
    answer = () => {
      throw new DeciderUnavailable('down', { cause: new TypeError('alice@example.com') });
    };
    expect(await messageOf(ask())).to.equal('DECIDER_UNAVAILABLE');
    answer = () => {
      throw new RangeError('a mistake of ours');
    };
    expect(await messageOf(ask())).to.equal('INTERNAL');
    expect(decided.map(({ decision, reason, cause }) => [decision, reason, cause])).to.deep.equal([
      ['unavailable', 'KEYS_UNAVAILABLE', 'Error'],
      ['unavailable', 'REGISTRY_UNAVAILABLE', 'TypeError'],
      ['unavailable', 'DECIDER_UNAVAILABLE', 'TypeError'],
      ['unavailable', 'INTERNAL', 'RangeError'],
    ]);
  });

  it('asks the decider that the tenant names', async () => {
    await tables.put(registryRow({ decisionMode: 'embedded' }));
    expect(await messageOf(ask())).to.equal('INTERNAL');
    expect(questions).to.deep.equal([]);
  });

  it('names the API key of the tenant, so that the gateway counts the request in its plan', async () => {
    expect(await ask()).not.to.have.property('usageIdentifierKey');
    await tables.put(registryRow({ usageKey: 'key-of-acme' }));
    expect((await ask()).usageIdentifierKey).to.equal('key-of-acme');
    expect(await ask({ tenant_id: 'globex' }), 'a refusal').not.to.have.property('usageIdentifierKey');
  });

  describe('of an HTTP API', () => {
    const askHttp = async (claims: Readonly<Record<string, unknown>> = {}, rawPath = '/books/42') => {
      const authorization = `Bearer ${await sign(key, accessClaims(claims))}`;
      return authorize(httpEvent({ headers: { authorization }, rawPath }));
    };

    it('answers simply, and tells the gateway who it is', async () => {
      const { isAuthorized, context } = await askHttp();
      const { decisionId } = decided[0] ?? {};
      expect(isAuthorized).to.equal(true);
      expect(context).to.deep.equal({ tenantId: 'acme', principalId: `acme|${SUB}`, decisionId });
      expect(questions[0]?.action.id).to.equal('PUT /books/{id}');
      expect(questions[0]?.resource.id).to.equal('42');
    });

    it('refuses with the reason, a token that proves nothing too', async () => {
      answer = () => ({ decision: 'deny', determining: [], errors: [] });
      for (const [result, reason] of [
        [await askHttp(), 'POLICY_DENIES'],
        [await askHttp({ tenant_id: 'globex' }), 'TENANT_MISMATCH'],
        [await askHttp({ token_use: 'id' }), 'TOKEN_WRONG_USE'],
        [await askHttp({}, '/books/a%2542'), 'PATH_REFUSED'],
        [await authorize(httpEvent()), 'TOKEN_MISSING'],
      ] as const) {
        expect(result.isAuthorized, reason).to.equal(false);
        expect(result.context['reason']).to.equal(reason);
      }
    });

    it('fails, with no answer that could be cached, when something cannot be asked', async () => {
      answer = () => {
        throw new DeciderUnavailable('down', { cause: new TypeError('alice@example.com') });
      };
      expect(await messageOf(askHttp())).to.equal('DECIDER_UNAVAILABLE');
    });
  });

  describe('of a WebSocket API', () => {
    const open = async (claims: Readonly<Record<string, unknown>> = {}) =>
      authorize(
        connectEvent({ headers: [bearer(await sign(key, accessClaims(claims)))], query: [['limit', '5']] }),
      );

    it('decides on the operation that stands for opening a socket, and allows $connect alone', async () => {
      const { policyDocument } = await open();
      expect(questions[0]?.action.id).to.equal('GET /search');
      expect(policyDocument.Statement).to.deep.equal([
        { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${API_ARN}/$connect` },
      ]);
    });

    it('denies, and answers 401 for whatever a better token would solve', async () => {
      answer = () => ({ decision: 'deny', determining: [], errors: [] });
      expectDenied(await open(), 'POLICY_DENIES');
      expect(await messageOf(open({ token_use: 'id' }))).to.equal('Unauthorized');
      expect(await messageOf(authorize(connectEvent()))).to.equal('Unauthorized');
    });
  });

  it('writes no token, query string or claim value anywhere', async () => {
    const secrets = ['CLAIM-VALUE', 'HEADER-VALUE', '7071'];
    const token = await sign(key, accessClaims({ role: 'CLAIM-VALUE' }));
    const search: EventOptions = {
      method: 'GET',
      resource: '/search',
      path: '/search',
      headers: [bearer(token), ['X-Reason', 'HEADER-VALUE']],
      query: [['limit', '7071']],
    };
    const results = [await authorize(restEvent(search))];
    answer = () => ({ decision: 'deny', determining: [], errors: ['no-writes'] });
    results.push(await authorize(restEvent(search)));
    expect(JSON.stringify(questions), 'the decider does know them').to.contain('CLAIM-VALUE');
    const written = JSON.stringify([decided, results]);
    for (const secret of [...secrets, ...token.split('.')]) expect(written).not.to.contain(secret);
  });
});

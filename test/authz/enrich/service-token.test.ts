import { expect } from 'chai';
import { subjectsTable } from '../../../authz/enrich/subjects-table.ts';
import type { TokenEvent } from '../../../authz/enrich/token-event.ts';
import { createTokenHook } from '../../../authz/enrich/token-hook.ts';
import { createRegistry } from '../../../authz/identity/registry.ts';
import type { Model } from '../../../cedar/model.ts';
import { registryKey } from '../../../authz/tables/registry.ts';
import { subjectKey, type SubjectRow } from '../../../authz/tables/subjects.ts';
import { CLIENT, model as people, POOL, registryRow, SUB } from '../fixture.ts';
import { startTables, type Tables } from '../tables.ts';

const fromClaim = (claim: string, type: 'String' | 'Long' | 'Set') => ({
  type: type === 'Set' ? { kind: type, of: { kind: 'String' as const } } : { kind: type },
  required: true,
  from: { source: 'claim' as const, claim },
});
/** The library, whose robots fetch books. */
const model: Model = {
  ...people,
  principalTypes: {
    ...people.principalTypes,
    Robot: {
      kinds: ['serviceClient'],
      attributes: {
        serviceId: fromClaim('service_id', 'String'),
        tier: fromClaim('tier', 'String'),
        rateLimit: fromClaim('rate_limit', 'Long'),
        scopes: fromClaim('scopes', 'Set'),
        suspended: { type: { kind: 'Bool' }, required: true, from: { source: 'claim', claim: 'suspended' } },
      },
    },
  },
};

describe('the token hook of services', () => {
  let tables: Tables;
  let hook: ReturnType<typeof createTokenHook>;
  const granted: object[] = [];

  before(async () => {
    tables = await startTables();
    hook = createTokenHook({
      model,
      registry: createRegistry({ ...tables, stalenessMs: 0, now: Date.now }),
      records: {
        saasTenant: { find: subjectsTable(tables.documents, tables.table) },
        serviceClient: { find: subjectsTable(tables.documents, tables.table, subjectKey.client) },
      },
      async grant(_row, _issuer, claims) {
        granted.push(claims);
        return ['fetch'];
      },
    });
  });
  after(() => tables.close());
  beforeEach(async () => {
    await tables.put(registryRow({ slug: 'robot', kind: 'serviceClient', principalType: 'Robot' }));
    await records({});
  });

  const records = (row: Partial<SubjectRow>): Promise<void> =>
    tables.put({
      ...subjectKey.client('robot', CLIENT),
      attributes: { serviceId: 'robot', tier: 'gold', rateLimit: 20 },
      groups: ['FETCHERS'],
      ...row,
    });
  const event = (changes: Partial<TokenEvent> = {}) => ({
    version: '3',
    region: 'us-east-1',
    userPoolId: POOL,
    triggerSource: 'TokenGeneration_ClientCredentials',
    callerContext: { clientId: CLIENT },
    request: {
      userAttributes: {},
      scopes: ['library/call', 'library/read'],
      clientMetadata: { tier: 'platinum', tenant_id: 'acme', service_groups: 'ADMINS' },
    },
    response: {},
    ...changes,
  });
  const claimsOf = async (given: TokenEvent) => {
    const { accessTokenGeneration, ...others } = (await hook(given)).response.claimsAndScopeOverrideDetails;
    expect(others, 'neither ID token nor groups of a user').to.deep.equal({});
    return accessTokenGeneration;
  };
  const refusal = (given: TokenEvent): Promise<string> =>
    hook(given).then(
      () => 'ISSUED',
      (error: unknown) => String(error),
    );

  it('writes what the records say of the client, and what the token was asked for', async () => {
    expect(await claimsOf(event())).to.deep.equal({
      claimsToAddOrOverride: {
        tenant_id: 'robot',
        service_id: 'robot',
        tier: 'gold',
        rate_limit: 20,
        scopes: ['read'],
        suspended: false,
        service_groups: ['FETCHERS'],
      },
      claimsToSuppress: [],
    });
  });

  it('believes scopes of the pool alone, whatever the records say', async () => {
    await records({ attributes: { serviceId: 'robot', tier: 'gold', rateLimit: 20, scopes: ['write'] } });
    const { claimsToAddOrOverride } = await claimsOf(event());
    expect(claimsToAddOrOverride['scopes']).to.deep.equal(['read']);
    const none = event({ request: { userAttributes: {} } });
    expect((await claimsOf(none)).claimsToAddOrOverride['scopes']).to.deep.equal([]);
  });

  it('says of a client that is suspended by itself that it is', async () => {
    await records({ suspended: true });
    expect((await claimsOf(event())).claimsToAddOrOverride['suspended']).to.equal(true);
  });

  it('decides in advance for the service and its groups, where the tenant decides by claims', async () => {
    const kind = { slug: 'robot', kind: 'serviceClient', principalType: 'Robot' } as const;
    await tables.put(registryRow({ ...kind, decisionMode: 'claims' }));
    granted.length = 0;
    const { claimsToAddOrOverride } = await claimsOf(event());
    expect(claimsToAddOrOverride['gateway_permissions']).to.deep.equal(['fetch']);
    expect(granted).to.have.length(1);
    expect(granted[0]).to.deep.include({ sub: CLIENT, service_groups: ['FETCHERS'], tier: 'gold' });
  });

  it('issues nothing to a client that is not in the records', async () => {
    await tables.remove(subjectKey.client('robot', CLIENT));
    expect(await refusal(event())).to.contain('the service is not registered');
  });

  it('is not taken in by a user who is called like the client', async () => {
    await tables.remove(subjectKey.client('robot', CLIENT));
    await tables.put({ ...subjectKey.user('robot', CLIENT), attributes: {} });
    expect(await refusal(event())).to.contain('not registered');
  });

  it('issues nothing to people at a service, nor to an application at a pool of people', async () => {
    const person = {
      triggerSource: 'TokenGeneration_Authentication',
      request: { userAttributes: { sub: SUB } },
    };
    expect(await refusal(event(person))).to.contain('nobody signs in to it');
    expect(await refusal(event({ ...person, triggerSource: 'TokenGeneration_RefreshTokens' }))).to.contain(
      'nobody signs in to it',
    );
    await tables.put(registryRow());
    expect(await refusal(event())).to.contain('the client is for people');
  });

  it('issues nothing while the tenant is suspended', async () => {
    const suspension = { ...registryKey.suspension('robot'), since: 'now', by: 'operator' };
    await tables.put(suspension);
    expect(await refusal(event())).to.contain('the tenant is suspended');
    await tables.remove(suspension);
    expect(await refusal(event())).to.equal('ISSUED');
  });
});

import { expect } from 'chai';
import { subjectsTable } from '../../../authz/enrich/subjects-table.ts';
import type { TokenEvent } from '../../../authz/enrich/token-event.ts';
import { createTokenHook } from '../../../authz/enrich/token-hook.ts';
import { createRegistry } from '../../../authz/identity/registry.ts';
import { registryKey, type RegistryRow } from '../../../authz/tables/registry.ts';
import { subjectKey, type SubjectRow } from '../../../authz/tables/subjects.ts';
import { CLIENT, issuerOf, model, POOL, registryRow, SUB } from '../fixture.ts';
import { startTables, type Tables } from '../tables.ts';

const APP_POOL = 'us-east-1_App000001';
const STAFF_POOL = 'us-east-1_Staff0001';
const IDP_SUB = '00u1nora';

describe('the token hook', () => {
  let tables: Tables;
  let hook: ReturnType<typeof createTokenHook>;

  before(async () => {
    tables = await startTables();
    const registry = createRegistry({ ...tables, stalenessMs: 0, now: Date.now });
    const find = subjectsTable(tables.documents, tables.table);
    hook = createTokenHook({
      model,
      registry,
      records: {
        saasTenant: { find },
        workforceApp: { find },
        customerApp: { find, absent: { attributes: {}, suspended: false } },
      },
      grant: async (_row, _issuer, claims) => [`granted to ${String(claims['role'])}`],
    });
  });
  after(() => tables.close());
  beforeEach(async () => {
    await tables.put(registryRow());
    await tables.put(registryRow({ slug: 'app', kind: 'customerApp' }, issuerOf(APP_POOL)));
    await tables.put(registryRow({ slug: 'staff', kind: 'workforceApp' }, issuerOf(STAFF_POOL)));
    await subject({ attributes: { role: 'CLERK', level: 3 } });
  });

  const subject = (row: Omit<SubjectRow, 'pk' | 'sk'>): Promise<void> =>
    tables.put({ ...subjectKey.user('acme', SUB), ...row });
  const event = (
    userAttributes: Readonly<Record<string, string>> = { sub: SUB },
    changes: Partial<TokenEvent> = {},
  ) => ({
    version: '2',
    region: 'us-east-1',
    userPoolId: POOL,
    triggerSource: 'TokenGeneration_Authentication',
    callerContext: { awsSdkVersion: '3', clientId: CLIENT },
    request: {
      userAttributes,
      groupConfiguration: { groupsToOverride: ['LIBRARIAN'] },
      clientMetadata: { tenant_id: 'globex', role: 'ADMIN' },
    },
    response: {},
    ...changes,
  });
  const refusal = (given: TokenEvent): Promise<string> =>
    hook(given).then(
      () => 'ISSUED',
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : 'no error'),
    );

  it('writes tenant, suspension and every attribute that is read from a claim', async () => {
    const given = event();
    const answer = await hook(given);
    expect(answer).to.deep.equal({
      ...given,
      response: {
        claimsAndScopeOverrideDetails: {
          accessTokenGeneration: {
            claimsToAddOrOverride: { tenant_id: 'acme', suspended: false, role: 'CLERK', level: 3 },
            claimsToSuppress: ['joined'],
          },
        },
      },
    });
  });

  it('writes defaults where the records say nothing', async () => {
    await subject({ attributes: {}, suspended: true });
    const { response } = await hook(event());
    expect(response.claimsAndScopeOverrideDetails.accessTokenGeneration).to.deep.equal({
      claimsToAddOrOverride: { tenant_id: 'acme', suspended: true, role: 'NONE' },
      claimsToSuppress: ['level', 'joined'],
    });
  });

  it('writes ID tokens only where the tenant accepts those', async () => {
    await tables.put(registryRow({ tokenUse: 'id' }));
    const { idTokenGeneration, accessTokenGeneration } = (await hook(event())).response
      .claimsAndScopeOverrideDetails;
    expect(idTokenGeneration).to.deep.equal(accessTokenGeneration);
  });

  it('answers events of version 3 alike', async () => {
    const { version, response } = await hook(event({ sub: SUB }, { version: '3' }));
    expect(version).to.equal('3');
    expect(response.claimsAndScopeOverrideDetails.accessTokenGeneration.claimsToAddOrOverride).to.include({
      tenant_id: 'acme',
    });
  });

  it('never lets the records decide about tenant, kind or suspension', async () => {
    await subject({
      attributes: { role: 'CLERK', tenant: 'globex', kind: 'workforceApp', suspended: false },
      suspended: true,
    });
    const { response } = await hook(event());
    const claims = response.claimsAndScopeOverrideDetails.accessTokenGeneration.claimsToAddOrOverride;
    expect(claims).to.deep.equal({ tenant_id: 'acme', suspended: true, role: 'CLERK' });
  });

  it('issues no token to a user whom the tenant has not registered', async () => {
    expect(await refusal(event({ sub: 'stranger' }))).to.contain('not registered');
    expect(await refusal(event({}))).to.contain("no user's");
  });

  it('gives a customer without records the defaults', async () => {
    const { response } = await hook(event({ sub: 'stranger' }, { userPoolId: APP_POOL }));
    expect(response.claimsAndScopeOverrideDetails.accessTokenGeneration.claimsToAddOrOverride).to.deep.equal({
      tenant_id: 'app',
      suspended: false,
      role: 'NONE',
    });
  });

  it('issues no token across tenants', async () => {
    expect(await refusal(event({ sub: SUB, 'custom:tenant_id': 'globex' }))).to.contain('another tenant');
    expect(await refusal(event({ sub: SUB, 'custom:tenant_id': 'acme' }))).to.equal('ISSUED');
    expect(await refusal(event({ sub: SUB }, { userPoolId: 'us-east-1_Nobody001' }))).to.contain('no tenant');
    expect(await refusal(event({ sub: SUB }, { callerContext: { clientId: 'another' } }))).to.contain(
      'no tenant',
    );
  });

  it('issues no token of a suspended tenant, at once', async () => {
    expect(await refusal(event())).to.equal('ISSUED');
    const suspension = { ...registryKey.suspension('acme'), since: 'now', by: 'operator' };
    await tables.put(suspension);
    expect(await refusal(event())).to.contain('suspended');
    await tables.remove(suspension);
  });

  it('issues no token with a value of another type, and does not repeat the value', async () => {
    await subject({ attributes: { role: 'CLERK', level: 'SECRET' } });
    expect(await refusal(event())).to.equal("SubjectInvalid: the subject's attribute level is not a Long");
    await tables.put({ ...subjectKey.user('acme', SUB), attributes: 'CLERK' });
    expect(await refusal(event())).to.contain('TypeError');
  });

  it('issues no token for a kind that it does not serve', async () => {
    const kind: RegistryRow['kind'] = 'serviceClient';
    await tables.put(registryRow({ kind }));
    const machine = event({}, { triggerSource: 'TokenGeneration_ClientCredentials' });
    expect(await refusal(machine)).to.contain('serves no tenant of kind serviceClient');
  });

  it('writes what the subject may do, where the tenant decides by claims', async () => {
    await tables.put(registryRow({ decisionMode: 'claims' }));
    const { response } = await hook(event());
    const { claimsToAddOrOverride } = response.claimsAndScopeOverrideDetails.accessTokenGeneration;
    expect(claimsToAddOrOverride['gateway_permissions']).to.deep.equal(['granted to CLERK']);
    await tables.put(registryRow());
    expect(JSON.stringify(await hook(event()))).not.to.include('granted to');
  });

  describe('of a federated tenant', () => {
    const identities = (...userIds: unknown[]): string =>
      JSON.stringify(userIds.map((userId) => ({ userId, providerName: 'IdP', providerType: 'OIDC' })));
    const signIn = (attributes: Readonly<Record<string, string>>) =>
      event({ sub: SUB, ...attributes }, { userPoolId: STAFF_POOL });

    it('knows people by what they are to the identity provider, and gives them the groups of its records', async () => {
      await tables.put({
        ...subjectKey.user('staff', IDP_SUB),
        attributes: { role: 'CLERK' },
        groups: ['LIBRARIAN'],
      });
      const { response } = await hook(signIn({ identities: identities(IDP_SUB) }));
      const { accessTokenGeneration, idTokenGeneration, groupOverrideDetails } =
        response.claimsAndScopeOverrideDetails;
      expect(accessTokenGeneration.claimsToAddOrOverride).to.include({ tenant_id: 'staff', role: 'CLERK' });
      expect(groupOverrideDetails).to.deep.equal({ groupsToOverride: ['LIBRARIAN'] });
      expect(idTokenGeneration, 'the ID token is no grant').to.equal(undefined);
    });

    it('takes the group of the provider away, whatever the pool says', async () => {
      await tables.put({ ...subjectKey.user('staff', IDP_SUB), attributes: {} });
      const { response } = await hook(signIn({ identities: identities(IDP_SUB) }));
      expect(response.claimsAndScopeOverrideDetails.groupOverrideDetails).to.deep.equal({
        groupsToOverride: [],
      });
    });

    it('issues nothing to people whom nobody has registered, nor by the sub that the pool made up', async () => {
      await tables.put({ ...subjectKey.user('staff', SUB), attributes: {} });
      expect(await refusal(signIn({ identities: identities('00u1nobody') }))).to.include('not registered');
    });

    for (const [what, attributes] of [
      ['a user of the pool itself', {}],
      ['a user of two providers', { identities: identities(IDP_SUB, 'other') }],
      ['an identity without a name', { identities: identities('') }],
      ['an identity of another form', { identities: identities({ id: IDP_SUB }) }],
      ['what is no JSON', { identities: IDP_SUB }],
    ] as const)
      it(`issues nothing to ${what}`, async () => {
        await tables.put({ ...subjectKey.user('staff', IDP_SUB), attributes: {} });
        expect(await refusal(signIn(attributes))).to.include('not by the identity provider');
      });
  });
});

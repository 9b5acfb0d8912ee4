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
        customerApp: { find, absent: { attributes: {}, suspended: false } },
      },
      grant: async (_row, _issuer, claims) => [`granted to ${String(claims['role'])}`],
    });
  });
  after(() => tables.close());
  beforeEach(async () => {
    await tables.put(registryRow());
    await tables.put(registryRow({ slug: 'app', kind: 'customerApp' }, issuerOf(APP_POOL)));
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
    expect(await refusal(event())).to.contain('serviceClient');
  });

  it('writes what the subject may do, where the tenant decides by claims', async () => {
    await tables.put(registryRow({ decisionMode: 'claims' }));
    const { response } = await hook(event());
    const { claimsToAddOrOverride } = response.claimsAndScopeOverrideDetails.accessTokenGeneration;
    expect(claimsToAddOrOverride['gateway_permissions']).to.deep.equal(['granted to CLERK']);
    await tables.put(registryRow());
    expect(JSON.stringify(await hook(event()))).not.to.include('granted to');
  });
});

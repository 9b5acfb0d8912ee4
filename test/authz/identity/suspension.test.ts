import { expect } from 'chai';
import { cachePath, stagesOf } from '../../../authz/identity/stages.ts';
import { createRegistry } from '../../../authz/identity/registry.ts';
import { resume, suspend } from '../../../authz/identity/suspension.ts';
import { registryKey, type StageRow } from '../../../authz/tables/registry.ts';
import { CLIENT, issuerOf, POOL, registryRow } from '../fixture.ts';
import { startTables, type Tables } from '../tables.ts';

const FIRST = { since: '2026-11-21T10:00:00.000Z', by: 'ann' };
const SECOND = { since: '2026-11-21T11:00:00.000Z', by: 'bea' };

describe('the suspension of a tenant', () => {
  let tables: Tables;
  before(async () => {
    tables = await startTables();
    await tables.put(registryRow());
  });
  after(() => tables.close());

  const isSuspended = async (): Promise<boolean | undefined> => {
    const registry = createRegistry({ ...tables, stalenessMs: 0, now: Date.now });
    return (await registry.find(issuerOf(POOL), CLIENT)).registration?.suspended;
  };

  it('holds from the moment it is written until it is ended', async () => {
    expect(await isSuspended()).to.equal(false);
    const { suspension, isNew } = await suspend(tables, 'acme', FIRST);
    expect({ suspension, isNew }).to.deep.equal({
      suspension: { ...registryKey.suspension('acme'), ...FIRST },
      isNew: true,
    });
    expect(await isSuspended()).to.equal(true);
    expect(await resume(tables, 'acme')).to.equal(true);
    expect(await isSuspended()).to.equal(false);
  });

  it('is nobody else’s', async () => {
    await suspend(tables, 'globex', FIRST);
    expect(await isSuspended()).to.equal(false);
    await resume(tables, 'globex');
  });

  it('stays what it was when it is asked for again', async () => {
    await suspend(tables, 'acme', FIRST);
    expect(await suspend(tables, 'acme', SECOND)).to.deep.include({
      suspension: { ...registryKey.suspension('acme'), ...FIRST },
      isNew: false,
    });
    await resume(tables, 'acme');
    expect(await resume(tables, 'acme'), 'twice').to.equal(false);
  });

  it('of many at once is one', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => suspend(tables, 'acme', FIRST)));
    expect(all.filter(({ isNew }) => isNew)).to.have.length(1);
    const ended = await Promise.all(Array.from({ length: 8 }, () => resume(tables, 'acme')));
    expect(ended.filter(Boolean)).to.have.length(1);
  });
});

describe('the stages of a stack', () => {
  let tables: Tables;
  before(async () => {
    tables = await startTables();
  });
  after(() => tables.close());

  const stage = (protocol: StageRow['protocol'], apiId: string, stageName: string): StageRow => ({
    ...registryKey.stage(apiId, stageName),
    protocol,
    apiId,
    stageName,
    gatewayTtlSeconds: 60,
    registryStalenessSeconds: 5,
  });

  it('are all found, with the place where they forget, if they remember anything', async () => {
    await tables.put(registryRow());
    await tables.put(stage('rest', 'a1', 'live'));
    await tables.put(stage('http', 'b2', '$default'));
    await tables.put(stage('websocket', 'c3', 'live'));
    expect((await stagesOf(tables)).map(cachePath)).to.deep.equal([
      '/restapis/a1/stages/live/cache/authorizers',
      '/v2/apis/b2/stages/%24default/cache/authorizers',
      undefined,
    ]);
  });

  it('are not passed over when one cannot be read', async () => {
    await tables.put({ ...stage('rest', 'd4', 'live'), gatewayTtlSeconds: 'soon' });
    const error = await stagesOf(tables).catch((failure: unknown) => failure);
    expect(error).to.be.instanceOf(TypeError);
  });
});

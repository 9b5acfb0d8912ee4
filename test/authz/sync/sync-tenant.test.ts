import { PutSchemaCommand } from '@aws-sdk/client-verifiedpermissions';
import { expect } from 'chai';
import { policyKey } from '../../../authz/tables/policies.ts';
import type { PolicyStatusItem } from '../../../authz/tables/sync-state.ts';
import { verifiedPermissionsStore } from '../../../authz/sync/verified-permissions-store.ts';
import { SCHEMA } from './fixture.ts';
import { SLUG, startWorld, type World } from './world.ts';

const READ = 'permit (principal, action == Library::Action::"read", resource);';
const OPEN = 'permit (principal, action, resource) when { resource.status == "open" };';
const NO_WRITES = 'forbid (principal, action == Library::Action::"write", resource);';
const UNKNOWN_ACTION = 'permit (principal, action == Library::Action::"burn", resource);';

describe('the policy sync', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const statusOf = async (id: string): Promise<PolicyStatusItem | undefined> =>
    (await world.state()).statuses.find(({ sk }) => sk === `status#${id}`);
  const snapshotIds = async (): Promise<string[]> =>
    (await world.snapshot()).policies.map(({ id }) => id).toSorted();

  it('brings a release to both stores and to the snapshot, the gateway only what it can decide', async () => {
    await world.release({ open: OPEN, 'no-writes': NO_WRITES });
    expect(await world.sync()).to.deep.equal({ slug: SLUG, release: 'enforced', rejected: [], writes: 4 });
    expect(await world.enforced('full')).to.deep.equal([NO_WRITES, OPEN]);
    const [forbid, permit] = await world.enforced('gateway');
    expect(forbid).to.contain('forbid');
    expect(permit, 'the status of a book is unknown at the gateway').not.to.contain('status');
    expect(await snapshotIds()).to.deep.equal(['no-writes', 'open']);
    expect(await statusOf('release')).to.have.property('state', 'enforced');
    expect(await statusOf('open')).to.have.property('state', 'enforced');
    const { ids } = await world.state();
    expect(Object.values(ids).toSorted()).to.deep.equal(['no-writes', 'no-writes', 'open', 'open']);
  });

  it('writes nothing when nothing changed', async () => {
    await world.release({ read: READ });
    await world.sync();
    const before = await world.state();
    expect(await world.sync()).to.have.property('writes', 0);
    expect(await world.state()).to.deep.equal(before);
  });

  it('replaces the condition of a permit in place and makes a changed forbid anew', async () => {
    const list = async () =>
      (await verifiedPermissionsStore(world.verifiedPermissions, world.stores.full).list()).map(
        ({ policyId }) => policyId,
      );
    await world.release({ read: READ, 'no-writes': NO_WRITES });
    await world.sync();
    const before = await list();
    await world.release({
      read: READ.replace(';', ' when { context.n < 9 };'),
      'no-writes': NO_WRITES.replace(';', ' when { context.n < 9 };'),
    });
    await world.sync();
    expect((await list()).filter((id) => before.includes(id))).to.have.length(1);
    expect(await world.enforced('full')).to.have.length(2);
  });

  it('makes a policy again that it had made and deleted before', async () => {
    for (const policies of [{ read: READ }, {}, { read: READ }]) {
      await world.release(policies);
      await world.sync();
    }
    expect(await world.enforced('full')).to.deep.equal([READ]);
  });

  it('keeps the last release, and says nothing against it, while the next one is being written', async () => {
    await world.release({ read: READ, 'no-writes': NO_WRITES });
    await world.sync();
    await world.putPolicy('read', OPEN);
    expect(await world.sync()).to.deep.include({ release: 'kept', writes: 0 });
    expect(await statusOf('release')).to.have.property('state', 'enforced');
    expect(await world.enforced('full')).to.deep.equal([NO_WRITES, READ]);
  });

  it('keeps the last release as a whole when an item that the next one names is missing', async () => {
    await world.release({ read: READ });
    await world.sync();
    await world.release({ open: OPEN, 'no-writes': NO_WRITES });
    await world.remove(policyKey.policy(SLUG, 'no-writes'));
    expect(await world.sync()).to.deep.include({ release: 'rejected', writes: 0 });
    expect(await statusOf('release')).to.deep.include({ state: 'rejected' });
    expect((await statusOf('release'))?.reason).to.match(
      /^\[RELEASE_INCOMPLETE\] policy no-writes is missing — /,
    );
    expect(await world.enforced('full')).to.deep.equal([READ]);
    expect(await snapshotIds()).to.deep.equal(['read']);
  });

  it('keeps the last release as a whole when one policy of the next is invalid, and says which', async () => {
    await world.release({ read: READ });
    await world.sync();
    await world.release({ open: OPEN, burn: UNKNOWN_ACTION });
    expect(await world.sync()).to.deep.include({ release: 'rejected', rejected: ['burn', 'release'] });
    expect((await statusOf('burn'))?.reason).to.match(/^\[UNKNOWN_ACTION\] /);
    expect((await statusOf('release'))?.reason).to.match(/^\[RELEASE_REJECTED\] policy burn: /);
    expect(await statusOf('read')).to.have.property('state', 'enforced');
    expect(await world.enforced('full')).to.deep.equal([READ]);
  });

  it('denies everything while the first release is rejected', async () => {
    await world.release({ burn: UNKNOWN_ACTION, read: READ });
    await world.sync();
    expect(await world.enforced('full')).to.deep.equal([]);
    expect(await snapshotIds()).to.deep.equal([]);
  });

  it('asks to run again when a store does not show the schema of the release yet', async () => {
    await world.release({ read: READ }, { schemaSha256: 'another' });
    const error: unknown = await world.sync().catch((reason: unknown) => reason);
    expect(error).to.have.property('name', 'LookAgain');
    expect(await world.enforced('full')).to.deep.equal([]);
  });

  it('knows a schema whatever the order and the spaces of its text', async () => {
    const cedarJson = JSON.stringify(JSON.parse(SCHEMA), undefined, 2);
    await world.verifiedPermissions.send(
      new PutSchemaCommand({ policyStoreId: world.stores.full, definition: { cedarJson } }),
    );
    await world.release({ read: READ });
    expect(await world.sync()).to.have.property('release', 'enforced');
  });

  it('falls back to the last release when a store refuses a policy that passed every check here', async () => {
    await world.release({ read: READ });
    await world.sync();
    const wordy = (id: string) =>
      `permit (principal, action, resource) when { principal.tenant == "${id.repeat(4_700)}" };`;
    // 24 policies of 9,450 bytes are more than the 200,000 that policies without a resource share.
    const many = Array.from({ length: 24 }, (_, n) => [`p${n}`, wordy(String.fromCodePoint(97 + n) + 'x')]);
    await world.release({ read: READ, ...Object.fromEntries(many) });
    expect(await world.sync()).to.have.property('release', 'rejected');
    expect((await statusOf('release'))?.reason).to.contain('ServiceQuotaExceededException');
    expect(await world.enforced('full')).to.deep.equal([READ]);
    expect(await world.enforced('gateway')).to.have.length(1);
    expect(await snapshotIds()).to.deep.equal(['read']);
  });

  it('leaves a guardrail out of the stores that the schema already enforces', async () => {
    const never = 'forbid (principal is Library::Book, action, resource);';
    await world.release({ read: READ, 'guardrail-books-read': never });
    expect(await world.sync()).to.have.property('release', 'enforced');
    expect(await world.enforced('full')).to.deep.equal([READ]);
    expect(await snapshotIds()).to.deep.equal(['guardrail-books-read', 'read']);
  });

  it('undoes what others did to the stores', async () => {
    await world.release({ read: READ, 'no-writes': NO_WRITES });
    await world.sync();
    const store = verifiedPermissionsStore(world.verifiedPermissions, world.stores.full);
    const [forbid] = (await store.list()).filter(({ effect }) => effect === 'forbid');
    await store.delete(forbid?.policyId ?? '');
    await store.create({ id: 'x', name: 'name/stranger', effect: 'permit', statement: OPEN });
    const edited = READ.replace(';', ' when { context.n > 0 };');
    const [permit] = (await store.list()).filter(({ statement }) => statement === READ);
    await store.update(permit?.policyId ?? '', { id: 'x', name: '', effect: 'permit', statement: edited });
    expect(await world.sync()).to.have.property('writes', 3);
    expect(await world.enforced('full')).to.deep.equal([NO_WRITES, READ]);
  });

  it('takes everything back when the release is gone', async () => {
    await world.release({ read: READ });
    await world.sync();
    await world.remove(policyKey.release(SLUG));
    expect(await world.sync()).to.deep.equal({ slug: SLUG, release: 'none', rejected: [], writes: 0 });
    const { manifest, parts, ids, statuses } = await world.state();
    expect({ manifest, parts, ids, statuses }).to.deep.equal({
      manifest: undefined,
      parts: [],
      ids: {},
      statuses: [],
    });
  });

  it('mends a damaged snapshot from a complete release, and touches nothing without one', async () => {
    await world.release({ read: READ });
    await world.sync();
    const [part = ''] = (await world.state()).parts;
    await world.removeState({ pk: SLUG, sk: part });
    await world.putPolicy('read', OPEN);
    const error: unknown = await world.sync().catch((reason: unknown) => reason);
    expect(String(error)).to.contain('the snapshot of the last release is incomplete');
    expect(await world.enforced('full')).to.deep.equal([READ]);
    await world.putPolicy('read', READ);
    expect(await world.sync()).to.deep.include({ release: 'enforced', writes: 0 });
    expect(await snapshotIds()).to.deep.equal(['read']);
  });

  it('divides a large snapshot into parts that fit into items, and removes the parts of the one before', async () => {
    const wide = (n: number) =>
      `permit (principal, action, resource == Library::Book::"${n}") when { principal.tenant == "${'x'.repeat(9_000)}" };`;
    const release = (from: number) =>
      Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`p${n}`, wide(from + n)]));
    await world.release(release(0));
    await world.sync();
    const before = (await world.state()).parts;
    expect(before).to.have.length.greaterThan(1);
    expect(await snapshotIds()).to.have.length(40);
    await world.release(release(1));
    await world.sync();
    expect((await world.state()).parts).not.to.include.members(before);
    expect((await world.snapshot()).policies.map(({ statement }) => statement)).to.include(wide(40));
  });
});

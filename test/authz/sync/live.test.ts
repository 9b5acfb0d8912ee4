import { expect } from 'chai';
import { policyKey } from '../../../authz/tables/policies.ts';
import { model } from './fixture.ts';
import { SLUG, startWorld, type World } from './world.ts';

const READ = 'permit (principal, action == Library::Action::"read", resource);';
const BRAKE = 'forbid (principal, action == Library::Action::"write", resource);';

describe('live policies', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
    await world.release({ read: READ });
    await world.sync();
  });
  afterEach(() => world.close());

  const reasonOf = async (id: string): Promise<string | undefined> =>
    (await world.state()).statuses.find(({ sk }) => sk === `status#live-${id}`)?.reason;
  const liveIds = async (): Promise<string[]> =>
    (await world.snapshot()).policies.map(({ id }) => id).filter((id) => id !== 'read');

  it('are enforced in both stores and in the snapshot, on their own', async () => {
    await world.putLive('stop', BRAKE);
    expect(await world.sync()).to.deep.include({ release: 'enforced', rejected: [], writes: 2 });
    expect(await world.enforced('full')).to.have.length(2);
    expect(await world.enforced('gateway')).to.have.length(2);
    expect(await liveIds()).to.deep.equal(['live-stop']);
  });

  it('go when their item goes', async () => {
    await world.putLive('stop', BRAKE);
    await world.sync();
    await world.remove(policyKey.live(SLUG, 'stop'));
    await world.sync();
    expect(await world.enforced('full')).to.deep.equal([READ]);
    expect(await reasonOf('stop')).to.equal(undefined);
  });

  it('act while the release is rejected', async () => {
    await world.release({ read: 'permit (principal, action == Library::Action::"burn", resource);' });
    await world.putLive('stop', BRAKE);
    expect(await world.sync()).to.deep.include({ release: 'rejected', writes: 2 });
    expect(await liveIds()).to.deep.equal(['live-stop']);
    expect(await world.enforced('full')).to.include(READ);
  });

  const deep = Array.from({ length: 300 }, () => 'principal.level == 1').join(' || ');
  const rejections: readonly (readonly [what: string, statement: unknown, code: string])[] = [
    ['is no text', 7, 'LIVE_STATEMENT_MISSING'],
    ['does not parse', 'forbid (principal', 'SYNTAX'],
    ['holds two policies', `${BRAKE} ${BRAKE}`, 'SYNTAX'],
    ['is a template', 'forbid (principal == ?principal, action, resource);', 'TEMPLATE_UNLINKED'],
    ['permits', READ, 'LIVE_PERMIT'],
    ['names an unknown action', BRAKE.replace('write', 'burn'), 'UNKNOWN_ACTION'],
    ['reads an unknown attribute', BRAKE.replace(';', ' when { resource.price > 1 };'), 'UNKNOWN_ATTRIBUTE'],
    ['can never apply', 'forbid (principal is Library::Book, action, resource);', 'ACTION_NEVER_APPLIES'],
    [
      'reads context for an operation whose answers are cached',
      'forbid (principal, action, resource) when { context.n > 1 };',
      'LIVE_READS_CONTEXT',
    ],
    [
      'holds an integer that its JSON form would change',
      BRAKE.replace(';', ' when { principal.level == 9007199254740993 };'),
      'LONG_INEXACT',
    ],
    [
      'is too long',
      BRAKE.replace(';', ` when { principal.tenant == "${'x'.repeat(10_000)}" };`),
      'POLICY_TOO_LARGE',
    ],
  ];
  for (const [what, statement, code] of rejections) {
    it(`are rejected with the reason, and stop nothing else, when one ${what}`, async () => {
      await world.putLive('bad', statement);
      await world.putLive('stop', BRAKE);
      expect(await world.sync()).to.deep.include({ release: 'enforced', rejected: ['live-bad'] });
      expect(await reasonOf('bad')).to.match(new RegExp(`^\\[${code}\\] .+ — .+`));
      expect(await liveIds()).to.deep.equal(['live-stop']);
    });
  }

  it('are rejected when their id has other characters', async () => {
    await world.putLive('Stop!', BRAKE);
    expect(await world.sync()).to.have.deep.property('rejected', ['live-Stop!']);
    expect(await reasonOf('Stop!')).to.match(/^\[LIVE_ID_INVALID\]/);
  });

  it('may read context for operations that are never answered from a cache', async () => {
    await world.putLive('stop', BRAKE.replace(';', ' when { context.n > 1 };'));
    expect(await world.sync()).to.have.deep.property('rejected', []);
  });

  it('may permit where the stack says so', async () => {
    const args = { rules: { model, allowed: 'any' } } as const;
    await world.putLive('more', READ.replace('read', 'write'));
    expect(await world.sync({ args })).to.have.deep.property('rejected', []);
    expect(await liveIds()).to.deep.equal(['live-more']);
    expect(await world.sync(), 'after the setting was taken back').to.have.deep.property('rejected', [
      'live-more',
    ]);
    expect(await liveIds()).to.deep.equal([]);
  });

  it('are printed anew, because a chain as somebody wrote it may nest deeper than the engine survives', async () => {
    await world.putLive('deep', `forbid (principal, action, resource) when { ${deep} };`);
    expect(await world.sync()).to.have.deep.property('rejected', []);
    expect((await world.snapshot()).policies.find(({ id }) => id === 'live-deep')?.statement).to.contain(
      '((',
    );
  });

  it('keep their last valid forbid while a mistaken edit stands', async () => {
    await world.putLive('stop', BRAKE);
    await world.sync();
    await world.putLive('stop', BRAKE.replace(')', ''));
    expect(await world.sync()).to.deep.include({ rejected: ['live-stop'], writes: 0 });
    expect(await reasonOf('stop')).to.contain('the version before stays enforced');
    expect(await liveIds()).to.deep.equal(['live-stop']);
  });

  it('wait for the first release of their tenant', async () => {
    await world.remove(policyKey.release(SLUG));
    await world.putLive('stop', BRAKE);
    expect(await world.sync()).to.deep.include({ release: 'none', rejected: ['live-stop'] });
    expect(await reasonOf('stop')).to.match(/^\[RELEASE_MISSING\]/);
    await world.release({ read: READ });
    await world.sync();
    expect(await liveIds()).to.deep.equal(['live-stop']);
  });
});

import { expect } from 'chai';
import type { Clock } from '../../authz/sync/clock.ts';
import type { Policies } from '../authz/sync/arbitrary-policies.ts';
import { allowedBy } from '../authz/sync/truth.ts';
import { startWorld, type World } from '../authz/sync/world.ts';

/** The waits of one release add up to more than a lease lasts without being renewed. */
const CONSISTENCY_MS = 3_000;
/** Longer than a lease lasts that nobody gave back. */
const AFTER_A_DEATH_MS = 36_000;

const IN_A = 'principal in Library::Group::"A"';
const WRITE = 'action == Library::Action::"write"';

/** Between the two, policies stay, come, go, and change in each way that a store tells apart. */
const OLD: Policies = {
  'a-reads': `permit (${IN_A}, action == Library::Action::"read", resource);`,
  'a-writes': `permit (${IN_A}, ${WRITE}, resource) when { context.n < 2 };`,
  everybody: 'permit (principal, action, resource) when { context.n == 0 };',
  'no-writes': `forbid (principal, ${WRITE}, resource) when { context.n > 0 };`,
  'may-err':
    'permit (principal, action, resource) when { context.n * 4611686018427387 * 4611686018427387 == 7 };',
};
const NEW: Policies = {
  'a-reads': OLD['a-reads']!,
  'a-writes': `permit (${IN_A}, ${WRITE}, resource) when { context.n > 0 };`,
  everybody: `permit (principal, ${WRITE}, resource) when { resource.status == "open" };`,
  'no-writes': 'forbid (principal in Library::Group::"B", action, resource) when { context.n > 1 };',
};
const STORES = ['full', 'gateway'] as const;

class Killed extends Error {}

describe('the policy sync when things go wrong', () => {
  let world: World;
  /** What each store may allow at the moment: sets of requests, by store. Undefined: anything. */
  let bounds: Readonly<Record<(typeof STORES)[number], Set<number>[]>> | undefined;
  let snapshots: string[][] = [];

  const check = async (): Promise<void> => {
    if (!bounds) return;
    for (const store of STORES) {
      const { [store]: within } = bounds;
      const allowed = [...allowedBy(await world.enforced(store))];
      const tooMuch = allowed.filter((request) => !within.some((bound) => bound.has(request)));
      expect(tooMuch, `requests that the ${store} store allows and no release does`).to.deep.equal([]);
    }
  };
  const checkSnapshot = async (): Promise<void> => {
    const { policies } = await world.snapshot();
    const statements = policies.map(({ statement }) => statement).toSorted();
    expect(snapshots, 'what embedded deciders load').to.deep.include(statements);
  };

  /** Carries out a release undisturbed, whatever it allows meanwhile. */
  const settle = async (policies: Policies): Promise<void> => {
    bounds = undefined;
    await world.release(policies);
    await world.sync();
    await world.clock.sleep(CONSISTENCY_MS);
  };
  const allowedNow = async () => ({
    full: allowedBy(await world.enforced('full')),
    gateway: allowedBy(await world.enforced('gateway')),
  });

  before(async () => {
    world = await startWorld({ consistencyMs: CONSISTENCY_MS, onTick: () => check() });
  });
  after(() => world.close());

  it('allows nothing that neither release allows when it is killed at any write, and ends in the new one', async function () {
    // Some 130 syncs, one by one.
    this.timeout(90_000);
    await settle(NEW);
    const allowedByNew = await allowedNow();
    const storesWithNew = await Promise.all(STORES.map(world.enforced));
    let finished = false;
    for (let diesAt = 0; !finished; diesAt += 1) {
      await settle(OLD);
      const allowedByOld = await allowedNow();
      bounds = {
        full: [allowedByOld.full, allowedByNew.full],
        gateway: [allowedByOld.gateway, allowedByNew.gateway],
      };
      snapshots = [OLD, NEW].map((policies) => Object.values(policies).toSorted());
      let writes = 0;
      // What stood before each earlier write was looked at when the sync died there.
      const onWrite = async (): Promise<void> => {
        if (writes++ < diesAt) return;
        await check();
        await checkSnapshot();
        throw new Killed();
      };
      await world.release(NEW);
      try {
        await world.sync({ onWrite });
        finished = true;
        expect(writes, 'writes that it could be killed at').to.be.greaterThan(20);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        await world.clock.sleep(AFTER_A_DEATH_MS);
        await world.sync({ onWrite: check });
      }
      await world.clock.sleep(CONSISTENCY_MS);
      await checkSnapshot();
      expect(await Promise.all(STORES.map(world.enforced)), `killed at write ${diesAt}`).to.deep.equal(
        storesWithNew,
      );
      expect((await world.state()).manifest?.policies).to.have.all.keys(Object.keys(NEW));
    }
  });

  it('ends in the same state when two run at once, and when one runs again late', async () => {
    await settle(OLD);
    await world.release(NEW);
    const [one, other] = [world.syncer(), world.syncer()];
    try {
      const results = await Promise.all([one.sync(), other.sync()]);
      expect(results.map(({ release }) => release)).to.deep.equal(['enforced', 'enforced']);
      expect(
        results.map(({ writes }) => writes > 0),
        'which of them had work',
      ).to.have.members([true, false]);
      await world.clock.sleep(CONSISTENCY_MS);
      expect(await world.sync()).to.deep.include({ release: 'enforced', writes: 0 });
    } finally {
      one.close();
      other.close();
    }
  });

  it('writes nothing more once another sync has taken its lease', async () => {
    await settle(OLD);
    await world.release(NEW);
    // Between two steps it stops, as a suspended machine does, for longer than its lease lasts.
    const clock: Clock = {
      now: world.clock.now,
      async sleep() {
        await world.clock.sleep(AFTER_A_DEATH_MS);
        await world.sync();
      },
    };
    const paused = world.sync({ args: { clock } });
    const error: unknown = await paused.catch((reason: unknown) => reason);
    expect(error).to.have.property('name', 'LeaseLost');
    await world.clock.sleep(CONSISTENCY_MS);
    expect(await world.sync()).to.deep.include({ release: 'enforced', writes: 0 });
  });

  for (const [what, fault] of [
    ['is down', { down: true }],
    ['throttles', { throttled: true }],
  ] as const) {
    it(`fails without a verdict while Verified Permissions ${what}, and goes on afterwards`, async () => {
      await settle(OLD);
      await world.release(NEW);
      world.faults.set('VerifiedPermissions', fault);
      const error: unknown = await world.sync().catch((reason: unknown) => reason);
      world.faults.clear('VerifiedPermissions');
      expect(error).to.be.instanceOf(Error);
      expect((await world.snapshot()).policies).to.have.length(Object.keys(OLD).length);
      expect(await world.sync()).to.have.property('release', 'enforced');
    });
  }
});

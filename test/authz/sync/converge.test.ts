import { expect } from 'chai';
import * as fc from 'fast-check';
import { converge } from '../../../authz/sync/converge.ts';
import { createSettlement } from '../../../authz/sync/settlement.ts';
import { storePolicy } from '../../../authz/sync/store-policy.ts';
import { type Policies, policies } from './arbitrary-policies.ts';
import { Crash, createEventualStore } from './eventual-store.ts';
import { allowedBy } from './truth.ts';
import { createVirtualClock } from './virtual-clock.ts';

const CONSISTENCY_MS = 5_000;

/** One attempt to bring a release into the store. */
interface Attempt {
  readonly policies: Policies;
  /** The process dies at this write, counted from 0; later than the last write: not at all. */
  readonly diesAt: number;
  readonly dies: 'before' | 'after';
  /** Milliseconds until the next attempt. */
  readonly pause: number;
}

const attempt: fc.Arbitrary<Attempt> = fc.record({
  policies,
  diesAt: fc.nat({ max: 12 }),
  dies: fc.constantFrom('before', 'after'),
  pause: fc.nat({ max: 2 * CONSISTENCY_MS }),
});

const desired = (release: Policies) => Object.entries(release).map(([id, text]) => storePolicy(id, text));

/**
 * Carries out attempts one after another, then the last release undisturbed, and checks at every moment at which
 * decisions see something new that they allow nothing that no release so far allows.
 */
async function run(first: Policies, attempts: readonly Attempt[], delays: readonly number[]): Promise<void> {
  const clock = createVirtualClock();
  const releases = [first];
  let writes = 0;
  let current: Attempt | undefined;
  let ask = 0;
  const store = createEventualStore({
    clock,
    delay: () => delays[ask++ % delays.length] ?? 0,
    onWrite(moment) {
      if (moment === current?.dies && writes++ === current.diesAt) throw new Crash();
    },
    onChange() {
      if (current === undefined) return;
      const bound = releases.map((release) => allowedBy(Object.values(release)));
      const tooMuch = [...allowedBy(store.enforced())].filter((i) => !bound.some((set) => set.has(i)));
      expect(tooMuch, `requests allowed by no release, at ${clock.now()}`).to.deep.equal([]);
    },
  });
  let settledAt = 0;
  const sync = async (release: Policies): Promise<void> => {
    const settlement = createSettlement(clock, CONSISTENCY_MS, settledAt);
    await converge({ store, settlement, beforeWrite: () => clock.sleep(1) }, desired(release));
    settledAt = settlement.at;
  };

  await sync(first);
  await clock.sleep(CONSISTENCY_MS);
  const last: Attempt = {
    policies: attempts.at(-1)?.policies ?? first,
    diesAt: Infinity,
    dies: 'after',
    pause: 0,
  };
  for (const one of [...attempts, last]) {
    current = one;
    writes = 0;
    releases.push(one.policies);
    try {
      await sync(one.policies);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      // What the lease tells the next sync of a holder that died.
      settledAt = clock.now() + one.pause + CONSISTENCY_MS;
    }
    await clock.sleep(one.pause);
  }
  await clock.sleep(CONSISTENCY_MS);
  expect(store.enforced()).to.deep.equal(Object.values(last.policies).toSorted());
  expect(store.latest()).to.deep.equal(store.enforced());
}

const delays = fc.array(fc.nat({ max: CONSISTENCY_MS }), { minLength: 7, maxLength: 31 });

describe('the order in which a store gets a release', () => {
  it('never allows what neither the old nor the new release allows, whatever dies and however late writes are seen', async () => {
    await fc.assert(
      fc.asyncProperty(policies, attempt, delays, (first, one, late) => run(first, [one], late)),
      { numRuns: 170 },
    );
  });

  it('never allows what no release so far allows when releases follow one another half done, and ends in the last', async () => {
    await fc.assert(
      fc.asyncProperty(
        policies,
        fc.array(attempt, { minLength: 2, maxLength: 4 }),
        delays,
        (first, attempts, late) => run(first, attempts, late),
      ),
      { numRuns: 140 },
    );
  });

  it('writes nothing when the store holds what it should', async () => {
    await fc.assert(
      fc.asyncProperty(policies, async (release) => {
        const clock = createVirtualClock();
        let writes = 0;
        const store = createEventualStore({ clock, delay: () => 0, onWrite: () => (writes += 1) });
        const settlement = createSettlement(clock, 0, 0);
        const args = { store, settlement, beforeWrite: async () => {} };
        const first = await converge(args, desired(release));
        const before = writes;
        const second = await converge(args, desired(release));
        expect([writes - before, second.writes]).to.deep.equal([0, 0]);
        expect(second.ids).to.deep.equal(first.ids);
        expect(Object.values(second.ids).toSorted()).to.deep.equal(Object.keys(release).toSorted());
      }),
      { numRuns: 50 },
    );
  });
});

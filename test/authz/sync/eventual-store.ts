import { type PolicyStore, StoreConflict, type StoredPolicy } from '../../../authz/sync/policy-store.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** The process that made the write is gone. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export interface EventualStoreArgs {
  readonly clock: VirtualClock;
  /** Milliseconds until a write is visible to decisions, and to listings: asked twice a write. */
  readonly delay: () => number;
  /** Called before and after every write; may throw `Crash`. */
  readonly onWrite?: (moment: 'before' | 'after') => void;
  /** Called whenever decisions begin to see something else. */
  readonly onChange?: () => void;
}

export interface EventualStore extends PolicyStore {
  /** The statements that decisions see now. */
  enforced(): readonly string[];
  /** The statements as the last writer left them. */
  latest(): readonly string[];
}

interface Version {
  readonly number: number;
  /** Undefined: deleted. */
  readonly policy: StoredPolicy | undefined;
}

/** A policy store whose decisions and listings see each write after a time of its own, in any order. */
export function createEventualStore({ clock, delay, onWrite, onChange }: EventualStoreArgs): EventualStore {
  const latest = new Map<string, StoredPolicy>();
  const [decisions, listing] = [new Map<string, Version>(), new Map<string, Version>()];
  let count = 0;

  const write = (policyId: string, policy: StoredPolicy | undefined): void => {
    onWrite?.('before');
    if (policy) latest.set(policyId, policy);
    else latest.delete(policyId);
    count += 1;
    const version: Version = { number: count, policy };
    const show = (view: Map<string, Version>): void => {
      // Of one policy the last write wins, whichever arrives last.
      if ((view.get(policyId)?.number ?? 0) < version.number) view.set(policyId, version);
    };
    clock.at(clock.now() + delay(), () => show(listing));
    clock.at(clock.now() + delay(), () => {
      show(decisions);
      onChange?.();
    });
    onWrite?.('after');
  };
  const seen = (view: ReadonlyMap<string, Version>): StoredPolicy[] =>
    [...view.values()].flatMap(({ policy }) => policy ?? []);
  const byName = (name: string) => [...latest.values()].find((policy) => policy.name === name);
  const statements = (policies: Iterable<StoredPolicy>): string[] =>
    [...policies].map(({ statement = '' }) => statement).toSorted();

  const store = {
    list: () => seen(listing),
    create({ name, effect, statement }: { name: string; effect: 'permit' | 'forbid'; statement: string }) {
      if (byName(name)) throw new StoreConflict(name);
      const policyId = `vp-${count + 1}`;
      write(policyId, { policyId, name, effect, statement });
      return policyId;
    },
    update(policyId: string, { statement }: { statement: string }) {
      const policy = latest.get(policyId);
      if (!policy) throw new StoreConflict(policyId);
      write(policyId, { ...policy, statement });
    },
    delete(idOrName: string) {
      const policyId = byName(idOrName)?.policyId ?? idOrName;
      if (latest.has(policyId)) write(policyId, undefined);
    },
  };
  return {
    list: async () => store.list(),
    create: async (policy) => store.create(policy),
    update: async (policyId, policy) => store.update(policyId, policy),
    delete: async (policyId) => store.delete(policyId),
    schema: async () => undefined,
    enforced: () => statements(seen(decisions)),
    latest: () => statements(latest.values()),
  };
}

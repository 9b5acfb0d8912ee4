import { LRUCache } from 'lru-cache';
import { DeciderUnavailable } from './decider.ts';
import { readSnapshot, type Snapshot, SnapshotIncomplete, type SnapshotSource } from './snapshot.ts';

/** How often, at most, the published version is asked for while a tenant is in use. */
const REFRESH_MS = 2_000;
/** After this long without a successful look, nobody may be allowed by what was true then. */
const STALENESS_BOUND_MS = 30_000;
const TENANTS = 200;

interface Held {
  readonly snapshot: Snapshot;
  /** When the last successful look began, in epoch milliseconds. */
  readonly seenAt: number;
}

/** The current snapshot of a tenant. Throws DeciderUnavailable. */
export type Snapshots = (slug: string) => Promise<Snapshot>;

/**
 * Keeps snapshots at most `refreshMs` old while they can be read. When they cannot, the previous one serves for at most
 * 30 s from when it was last known to be current.
 */
export function createSnapshots(
  source: SnapshotSource,
  now: () => number,
  refreshMs = REFRESH_MS,
): Snapshots {
  const held = new LRUCache<string, Held>({ max: TENANTS });
  const looks = new Map<string, Promise<Snapshot>>();

  async function look(slug: string): Promise<Snapshot> {
    const seenAt = now();
    const known = held.get(slug);
    const read = (): Promise<Snapshot> => readSnapshot(source, slug, known?.snapshot);
    try {
      // A publication between reading the manifest and its parts takes those parts away: the next look finds its own.
      const snapshot = await read().catch((error: unknown) => {
        if (error instanceof SnapshotIncomplete) return read();
        throw error;
      });
      held.set(slug, { snapshot, seenAt });
      return snapshot;
    } catch (error) {
      if (known && now() - known.seenAt < STALENESS_BOUND_MS) return known.snapshot;
      throw new DeciderUnavailable('no snapshot that is complete and recent enough', { cause: error });
    }
  }

  return (slug) => {
    const known = held.get(slug);
    if (known && now() - known.seenAt < refreshMs) return Promise.resolve(known.snapshot);
    const running = looks.get(slug) ?? look(slug).finally(() => looks.delete(slug));
    looks.set(slug, running);
    return running;
  };
}

/** How long a write may stay unseen by readers. */
export interface Consistency {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds until the next write is seen. Asked once a write, so that writes may be seen in any order. */
  readonly delay: () => number;
}

/** A map whose readers see each write some time after it was made, as an eventually consistent service's do. */
export interface EventualMap<T> {
  /** As the last writer left it: what the next write is checked against. */
  readonly latest: ReadonlyMap<string, T>;
  /** Undefined deletes. */
  write(key: string, value: T | undefined): void;
  /** As readers see it now: the same object until they see a change. */
  visible(): ReadonlyMap<string, T>;
}

export function createEventualMap<T>({ now, delay }: Consistency): EventualMap<T> {
  const latest = new Map<string, T>();
  let seen = new Map<string, T>();
  let pending: { readonly key: string; readonly value: T | undefined; readonly at: number }[] = [];

  return {
    latest,
    write(key, value) {
      assign(latest, key, value);
      // Of one key the last write wins, so no write may be seen before an earlier one of its key.
      const earlier = pending.filter((one) => one.key === key).map((one) => one.at);
      pending.push({ key, value, at: Math.max(now() + delay(), ...earlier) });
    },
    visible() {
      const time = now();
      const due = pending.filter(({ at }) => at <= time);
      if (due.length > 0) {
        seen = new Map(seen);
        pending = pending.filter(({ at }) => at > time);
        for (const { key, value } of due) assign(seen, key, value);
      }
      return seen;
    },
  };
}

function assign<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

import type { Clock } from '../../../authz/sync/clock.ts';

/** Time that passes only when somebody sleeps, and stops at every moment at which something becomes visible. */
export interface VirtualClock extends Clock {
  /** Calls `act` when the time has come, on the way of a later sleep. */
  at(time: number, act: () => void): void;
}

export function createVirtualClock(): VirtualClock {
  let time = 1_000_000;
  const events: { readonly time: number; readonly act: () => void }[] = [];
  const next = (until: number) =>
    events.filter((event) => event.time <= until).toSorted((a, b) => a.time - b.time)[0];
  return {
    now: () => time,
    at(when, act) {
      if (when <= time) act();
      else events.push({ time: when, act });
    },
    async sleep(ms) {
      const until = time + ms;
      for (let event = next(until); event; event = next(until)) {
        events.splice(events.indexOf(event), 1);
        time = event.time;
        event.act();
      }
      time = until;
    },
  };
}

import type { Entry, Place } from '../document/place.ts';

/** Told of a key that both of two maps have, and one of them is no map there. */
export type OnBoth = (first: Entry, second: Entry) => void;

/** Two maps as one, maps within them too. Of what both have, the first's holds. */
export function merged(first: Place, second: Place, onBoth: OnBoth): Place {
  const entries = new Map(first.entries().map((entry) => [entry.key, entry]));
  for (const entry of second.entries()) {
    const own = entries.get(entry.key);
    if (!own) entries.set(entry.key, entry);
    else if (own.value.kind !== 'map' || entry.value.kind !== 'map') onBoth(own, entry);
    else entries.set(entry.key, { ...own, value: merged(own.value, entry.value, onBoth) });
  }
  return mapOf(`${first.id}+${second.id}`, first, [...entries.values()]);
}

/** A map without some of its keys. */
export const without = (map: Place, keys: readonly string[]): Place =>
  mapOf(
    `${map.id}-${keys.join()}`,
    map,
    map.entries().filter(({ key }) => !keys.includes(key)),
  );

function mapOf(id: string, like: Place, entries: readonly Entry[]): Place {
  const byKey = new Map(entries.map(({ key, value }) => [key, value]));
  const place: Place = {
    ...like,
    id,
    entries: () => entries,
    get: (key) => byKey.get(key),
    next: () => undefined,
    target: () => place,
  };
  return place;
}

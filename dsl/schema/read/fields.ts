import type { Entry, Place } from '../document/place.ts';
import type { Report } from '../document/report.ts';
import { closest } from './closest.ts';

/** Reports every key of a map that means nothing here: a misspelt one would otherwise be dropped in silence. */
export function expectKeys(map: Place, known: readonly string[], report: Report): void {
  if (map.kind !== 'map') {
    report(map.site, 'BAD_VALUE', 'this is no map', `write a map of ${known.join(', ')}`);
  }
  for (const { key, keySite } of map.entries()) {
    if (!known.includes(key))
      report(keySite, 'UNKNOWN_KEY', `"${key}" means nothing here`, suggest(key, known));
  }
}

/** Entries of a map that may be absent; anything else that stands there would be dropped in silence. */
export function entriesOf(map: Place | undefined, report: Report): readonly Entry[] {
  const isEmpty = map?.kind === 'scalar' && map.value === null;
  if (map && map.kind !== 'map' && !isEmpty) {
    report(map.site, 'BAD_VALUE', 'this is no map', 'write each as name: what it is');
  }
  return map?.entries() ?? [];
}

export function textOf(place: Place | undefined, report: Report): string | undefined {
  if (!place) return undefined;
  if (typeof place.value === 'string' && place.value !== '') return place.value;
  return report(place.site, 'BAD_VALUE', 'this is no text', 'write a string of at least one character');
}

/** Text that the document has for its readers; an empty one counts as none. */
export function proseOf(place: Place | undefined): string | undefined {
  const text = typeof place?.value === 'string' ? place.value.trim() : '';
  return text === '' ? undefined : text;
}

/** `false` when absent. */
export function flagOf(place: Place | undefined, report: Report): boolean {
  if (place && typeof place.value !== 'boolean') {
    report(place.site, 'BAD_VALUE', 'this is neither true nor false', 'write true or false');
  }
  return place?.value === true;
}

/** Names in a list, each known and each once, sorted. `what`: what they name, for the message. */
export function namesOf(
  list: Place | undefined,
  known: ReadonlySet<string>,
  what: string,
  report: Report,
): string[] {
  if (!list) return [];
  if (list.kind !== 'list')
    report(list.site, 'BAD_VALUE', 'this is no list', `list the names of each ${what}`);
  const names = new Set<string>();
  for (const item of list.items()) {
    const name = nameOf(item, known, what, report);
    if (name === undefined) continue;
    if (names.has(name)) {
      report(item.site, 'BAD_VALUE', `"${name}" is listed twice`, 'leave one of the two out');
    }
    names.add(name);
  }
  return [...names].sort();
}

/** One name, if it is known. */
export function nameOf(
  place: Place,
  known: ReadonlySet<string>,
  what: string,
  report: Report,
): string | undefined {
  const name = textOf(place, report);
  if (name === undefined || known.has(name)) return name;
  return report(place.site, 'UNKNOWN_NAME', `"${name}" is no ${what}`, suggest(name, known));
}

export function suggest(name: string, known: Iterable<string>): string {
  const meant = closest(name, known);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  const all = [...known].sort();
  return all.length === 0 ? 'declare one first' : `use one of ${all.join(', ')}`;
}

import type { Place } from '../document/place.ts';
import type { Report } from '../document/report.ts';

/** What a JSON Schema calls the type of a value, and where; undefined when no part says. */
export interface TypeName {
  readonly name: string;
  readonly place: Place;
}

/**
 * The one type that schemas name which hold at once. Those that name none are taken at the word of their other keywords:
 * properties make an object, the values of an enum make their type. Null is left to `isNullable`.
 * @returns undefined when nothing tells; a problem when the parts contradict each other or name several types
 */
export function typeNameOf(parts: readonly Place[], report: Report): TypeName | 'problem' | undefined {
  const named = parts.flatMap(statedType);
  const [first, ...others] = named.length > 0 ? named : parts.flatMap(impliedType);
  if (!first) return undefined;
  let found = first;
  for (const other of others) {
    if (other.name === found.name) continue;
    const narrower = [found, other].find(({ name }) => name === 'integer');
    if (narrower && [found.name, other.name].includes('number')) {
      found = narrower;
      continue;
    }
    const message = `this is ${other.name} here, and ${found.name} in another part that holds too`;
    report(other.place.site, 'CONFLICTING_TYPES', message, 'no value can be both: correct one of the two');
    return 'problem';
  }
  return found;
}

function statedType(part: Place): TypeName[] {
  const place = part.get('type');
  if (!place) return [];
  const names =
    place.kind === 'list' ? place.items().map(({ value }) => String(value)) : [String(place.value)];
  const other = names.filter((name) => name !== 'null');
  if (other.length === 0) return [];
  return [{ name: other.length === 1 ? (other[0] ?? '') : `[${other.join(', ')}]`, place }];
}

function impliedType(place: Place): TypeName[] {
  if (place.get('properties')) return [{ name: 'object', place }];
  if (place.get('items')) return [{ name: 'array', place }];
  const values = [...(place.get('enum')?.items() ?? []), place.get('const')]
    .filter((value) => value !== undefined)
    .filter(({ kind, value }) => kind === 'scalar' && value !== null)
    .map(({ value }) => (Number.isInteger(value) ? 'integer' : typeof value));
  const names = [...new Set(values)].sort();
  return names.length === 0
    ? []
    : [{ name: names.length === 1 ? (names[0] ?? '') : `[${names.join(', ')}]`, place }];
}

import type { Place } from '../document/place.ts';
import type { Report } from '../document/report.ts';

/** The properties of an object schema, those that `allOf` brings in included. */
export interface ObjectShape {
  readonly properties: ReadonlyMap<string, Place>;
  readonly required: ReadonlySet<string>;
}

/** References and `allOf` are followed. A property that two parts describe is reported: which one holds is a guess. */
export function objectShape(schema: Place, report: Report): ObjectShape {
  const properties = new Map<string, Place>();
  const required = new Set<string>();
  const seen = new Set<string>();
  const add = (part: Place): void => {
    const object = part.target();
    if (seen.has(object.id)) return;
    seen.add(object.id);
    for (const { key, keySite, value } of object.get('properties')?.entries() ?? []) {
      if (properties.has(key)) {
        const message = `"${key}" is described twice, here and in another part of allOf`;
        report(keySite, 'AMBIGUOUS_PROPERTY', message, 'describe it once');
      }
      properties.set(key, value);
    }
    for (const name of object.get('required')?.items() ?? []) required.add(String(name.value));
    object.get('allOf')?.items().forEach(add);
  };
  add(schema);
  return { properties, required };
}

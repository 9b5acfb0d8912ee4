import type { Api } from './api.ts';
import { alternativesOf, partsOf, type Schema } from './schema-parts.ts';

export type { Schema } from './schema-parts.ts';

/** The properties of an object schema, those that `allOf`, `oneOf` and `anyOf` bring in included. */
export interface ObjectShape {
  /** What describes each: one schema for each of the alternatives that have it. */
  readonly properties: ReadonlyMap<string, readonly Schema[]>;
  /** Those that every value has. */
  readonly required: ReadonlySet<string>;
}

/**
 * Follows references and all parts. Of alternatives, a value has the properties of one: those that not all require are
 * optional, so that every value that the schema allows has the shape.
 */
export function objectShape(api: Api, schema: Schema, within: ReadonlySet<string> = new Set()): ObjectShape {
  const parts = partsOf(api, schema).filter(({ id }) => !within.has(id));
  const seen = new Set([...within, ...parts.map(({ id }) => id)]);
  const properties = new Map<string, readonly Schema[]>();
  const required = new Set<string>();
  for (const part of parts) {
    for (const { key, value } of part.get('properties')?.entries() ?? []) {
      const [others = []] = properties.get(key) ?? [];
      properties.set(key, [[...others, value]]);
    }
    for (const name of part.get('required')?.items() ?? []) required.add(String(name.value));
  }
  for (const { options } of alternativesOf(parts)) {
    const shapes = options.map((option) => objectShape(api, [option], seen));
    for (const [name, schemas] of propertiesOf(shapes)) {
      const [own] = properties.get(name) ?? [];
      properties.set(name, own ? schemas.map((other) => [...own, ...other]) : schemas);
    }
    for (const name of commonOf(shapes)) required.add(name);
  }
  return { properties, required };
}

function propertiesOf(shapes: readonly ObjectShape[]): Map<string, Schema[]> {
  const all = new Map<string, Schema[]>();
  for (const { properties } of shapes) {
    for (const [name, schemas] of properties) all.set(name, [...(all.get(name) ?? []), ...schemas]);
  }
  return all;
}

function commonOf(shapes: readonly ObjectShape[]): string[] {
  const [first, ...others] = shapes;
  return [...(first?.required ?? [])].filter((name) => others.every(({ required }) => required.has(name)));
}

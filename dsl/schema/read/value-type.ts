import { canonicalJson } from '../../../cedar/canonical-json.ts';
import type { Attribute, ValueType } from '../../../cedar/model.ts';
import type { Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { checkAttributeName } from './attributes.ts';
import { entityReferences } from './entity-references.ts';
import { flagOf, namesOf, proseOf } from './fields.ts';
import { LEAVE_OUT, LEAVE_OUT_OR_DESCRIBE } from './remedies.ts';
import { checkClosed, checkStatic } from './open-schemas.ts';
import { isNullable, alternativesOf, partsOf, type Schema, writtenPlaces } from './schema-parts.ts';
import { objectShape } from './schema-shape.ts';
import { numberType, stringType } from './scalar-types.ts';
import { typeNameOf } from './type-name.ts';

/** What a schema says of a value. `nullable`: null is allowed, and means what absence means. */
interface Reading {
  readonly type: ValueType;
  readonly nullable: boolean;
}

/** Reads schemas as Cedar types. What Cedar cannot express is reported at its place, and then undefined. */
export function valueTypes(api: Api, names: Names) {
  const { report } = api;
  const entityNamed = entityReferences(api, names);
  /** Schemas being read: one that comes up inside itself would need a type of infinite size. */
  const active = new Set<string>();

  function read(schema: Schema): Reading | undefined {
    const parts = partsOf(api, schema);
    const nullable = isNullable(api, parts);
    const entity = entityNamed(schema, parts);
    if (entity === 'problem') return undefined;
    if (entity !== undefined) return { type: entity, nullable };
    const again = parts.find(({ id }) => active.has(id));
    if (again) return unsupported(again, 'this schema contains itself', LEAVE_OUT);
    for (const { id } of parts) active.add(id);
    try {
      const type = typeOf(schema, parts);
      const chosen = wordAt(schema, 'attributes');
      if (type && type.kind !== 'Record' && chosen) {
        report(chosen.site, 'BAD_VALUE', 'only an object has attributes to choose from', 'drop attributes');
      }
      return type && { type, nullable };
    } finally {
      for (const { id } of parts) active.delete(id);
    }
  }

  function typeOf(schema: Schema, parts: readonly Place[]): ValueType | undefined {
    const [at] = parts;
    const named = typeNameOf(parts, report);
    if (!at || named === 'problem') return undefined;
    if (!named) return oneOfSeveral(schema, parts, at);
    switch (named.name) {
      case 'string':
        return stringType(parts);
      case 'integer':
        return { kind: 'Long' };
      case 'boolean':
        return { kind: 'Bool' };
      case 'number':
        return numberType(parts) ?? unsupported(named.place, NO_FLOATS.message, NO_FLOATS.remedy);
      case 'array':
        return set(parts, at);
      case 'object':
        return record(schema, parts, at);
      default:
        return unsupported(named.place, `type ${named.name} has no equal in Cedar`, LEAVE_OUT_OR_DESCRIBE);
    }
  }

  /** Alternatives that are all objects make one record, others must be of one type. */
  function oneOfSeveral(schema: Schema, parts: readonly Place[], at: Place): ValueType | undefined {
    const alternatives = alternativesOf(parts);
    const [list] = alternatives;
    if (!list && !checkStatic(parts, report)) return undefined;
    if (!list) return unsupported(at, 'this schema does not say its type', LEAVE_OUT_OR_DESCRIBE);
    const options = alternatives.flatMap(({ options }) => options);
    if (options.every((option) => isPlainObject(option, new Set()))) return record(schema, parts, at);
    const types = options.flatMap((option) => read([option])?.type ?? []);
    if (types.length < options.length) return undefined;
    const [type, ...others] = new Map(types.map((type) => [canonicalJson(type), type])).values();
    if (type && others.length === 0) return type;
    return unsupported(
      list.place,
      'a value of one of several types has no type in Cedar',
      LEAVE_OUT_OR_DESCRIBE,
    );
  }

  /** Whether a schema describes objects that are no entities. */
  function isPlainObject(option: Place, within: ReadonlySet<string>): boolean {
    const parts = partsOf(api, [option]);
    if (parts.some(({ id }) => within.has(id) || names.entitySchemas.has(id))) return false;
    if (writtenPlaces([option]).some((place) => api.glanceAt(place)?.get('entity'))) return false;
    const named = typeNameOf(parts, () => undefined);
    if (named) return named !== 'problem' && named.name === 'object';
    const options = alternativesOf(parts).flatMap(({ options }) => options);
    const seen = new Set([...within, ...parts.map(({ id }) => id)]);
    return options.length > 0 && options.every((inner) => isPlainObject(inner, seen));
  }

  function set(parts: readonly Place[], at: Place): ValueType | undefined {
    const tuple = parts.map((part) => part.get('prefixItems')).find((place) => place !== undefined);
    if (tuple) return unsupported(tuple, 'Cedar has no lists, in which each place has a type', LEAVE_OUT);
    const items = parts.map((part) => part.get('items')).filter((place) => place !== undefined);
    const [first] = items;
    if (!first) return unsupported(at, 'this array does not say what is in it', 'add items');
    const stray = items.map((item) => api.extensionAt(item)?.get('log')).find((log) => log !== undefined);
    if (stray) unsupported(stray, 'one element cannot be logged alone', 'write log on the array');
    const element = read(items);
    if (element?.nullable)
      return unsupported(first, 'an element of a set cannot be null', 'make it not nullable');
    return element && { kind: 'Set', of: element.type };
  }

  function record(schema: Schema, parts: readonly Place[], at: Place): ValueType {
    const { properties, required } = objectShape(api, schema);
    const chosen = wordAt(schema, 'attributes');
    if (!chosen) checkClosed(parts, report);
    const read = chosen
      ? namesOf(chosen, new Set(properties.keys()), 'property of this object', report)
      : [...properties.keys()];
    if ((chosen?.items() ?? read).length === 0)
      unsupported(chosen ?? at, 'this object has no properties', LEAVE_OUT_OR_DESCRIBE);
    const attributes = read.flatMap((name) => {
      const schemas = properties.get(name) ?? [];
      if (!checkAttributeName(name, schemas[0]?.[0]?.site ?? at.site, [], report)) return [];
      const attribute = readAttribute(schemas, required.has(name));
      return attribute ? [[name, attribute] as const] : [];
    });
    return { kind: 'Record', attributes: Object.fromEntries(attributes) };
  }

  /**
   * One property as an attribute. `schemas`: what describes it, in each alternative that has it. `required`: whether
   * the schema around it lists it.
   */
  function readAttribute(schemas: readonly Schema[], required: boolean): Attribute | undefined {
    const readings = schemas.map((schema) => read(schema));
    const [first, ...others] = readings.filter((reading) => reading !== undefined);
    if (!first || others.length + 1 < readings.length) return undefined;
    const other = others.findIndex(({ type }) => canonicalJson(type) !== canonicalJson(first.type)) + 1;
    const [here, there] = [schemas[other]?.[0], schemas[0]?.[0]];
    if (other > 0 && here && there) {
      const message = `this is of another type than in another alternative (${there.site.file}:${there.site.line})`;
      return report(
        here.site,
        'CONFLICTING_TYPES',
        message,
        'give it one type, or leave it out of the attributes',
      );
    }
    const places = schemas.flatMap((schema) => writtenPlaces(schema));
    const log = places.some((place) => flagOf(api.glanceAt(place)?.get('log'), report));
    const description = places
      .map((place) => proseOf(place.get('description')))
      .find((text) => text !== undefined);
    return {
      type: first.type,
      required: required && !readings.some((reading) => reading?.nullable),
      ...(log && { log }),
      ...(description !== undefined && { description }),
    };
  }

  const wordAt = (schema: Schema, word: string): Place | undefined =>
    writtenPlaces(schema)
      .map((place) => api.extensionAt(place)?.get(word))
      .find((found) => found !== undefined);

  const unsupported = (place: Place, message: string, remedy: string): undefined =>
    report(place.site, 'UNSUPPORTED_TYPE', message, remedy);

  return { readType: (schema: Place) => read([schema])?.type, readAttribute };
}

const NO_FLOATS = {
  message: 'Cedar has no floating point numbers',
  remedy: `count in a smaller unit (type: integer), say format: decimal for up to four decimals, or ${LEAVE_OUT}`,
};

import type { Attribute, ValueType } from '../../../cedar/model.ts';
import type { Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { expectKeys, flagOf, nameOf } from './fields.ts';
import { objectShape } from './schema-shape.ts';

/** What a schema says of a value. `nullable`: null is allowed, and means what absence means. */
interface Reading {
  readonly type: ValueType;
  readonly nullable: boolean;
}

/** Reads schemas as Cedar types. What Cedar cannot express is reported at its place, and then undefined. */
export function valueTypes(api: Api, names: Names) {
  const { report } = api;
  const linkable = new Set([...names.entityTypes, ...names.principalTypes]);
  /** Objects being read: one that comes up inside itself would need a type of infinite size. */
  const active = new Set<string>();

  function read(schema: Place): Reading | undefined {
    const named = namedEntity(schema);
    if (named) return { type: { kind: 'Entity', name: named }, nullable: false };
    const target = schema.target();
    if (target.id !== schema.id) return read(target);
    if (active.has(schema.id)) {
      return unsupported(schema, 'this schema contains itself', 'leave the property out of the attributes');
    }
    active.add(schema.id);
    try {
      return COMBINING.some((key) => schema.get(key)) ? combined(schema) : plain(schema);
    } finally {
      active.delete(schema.id);
    }
  }

  /** `x-authz: { entity: Order }` on the id of an entity, or a schema that is itself an entity type. */
  function namedEntity(schema: Place): string | undefined {
    const target = names.entitySchemas.get(schema.target().id);
    if (target !== undefined) return target;
    const extension = api.extensionAt(schema);
    if (extension) expectKeys(extension, ['entity', 'log'], report);
    const written = extension?.get('entity');
    return written && nameOf(written, linkable, 'entity or principal type', report);
  }

  function combined(schema: Place): Reading | undefined {
    const parts = schema.get('allOf')?.items();
    if (parts?.length === 1 && parts[0] && !schema.get('properties')) {
      const only = read(parts[0]);
      return only && { ...only, nullable: only.nullable || isNullable(schema) };
    }
    if (parts) return { type: record(schema), nullable: isNullable(schema) };
    const alternatives = schema.get('oneOf') ?? schema.get('anyOf') ?? schema;
    const values = alternatives.items().filter((item) => item.target().get('type')?.value !== 'null');
    const [value] = values;
    if (value && values.length === 1) {
      const only = read(value);
      return only && { ...only, nullable: true };
    }
    return unsupported(alternatives, 'a value of one of several types has no type in Cedar', LEAVE_OUT);
  }

  function plain(schema: Place): Reading | undefined {
    const type = typeNamed(schema);
    return type && { type, nullable: isNullable(schema) };
  }

  function typeNamed(schema: Place): ValueType | undefined {
    const name = typeName(schema);
    const format = schema.get('format');
    switch (name) {
      case 'string':
        return { kind: STRING_FORMATS.get(format?.value) ?? 'String' };
      case 'integer':
        return { kind: 'Long' };
      case 'boolean':
        return { kind: 'Bool' };
      case 'number':
        if (format?.value === 'decimal') return { kind: 'decimal' };
        return unsupported(
          schema.get('type') ?? schema,
          'Cedar has no floating point numbers',
          'count in a smaller unit (type: integer), or say format: decimal for up to four decimals',
        );
      case 'array':
        return set(schema);
      case 'object':
        return record(schema);
      default:
        return unsupported(
          schema.get('type') ?? schema,
          name === undefined ? 'this schema does not say its type' : `type ${name} has no equal in Cedar`,
          LEAVE_OUT,
        );
    }
  }

  function set(schema: Place): ValueType | undefined {
    const items = schema.get('items');
    if (!items) return unsupported(schema, 'this array does not say what is in it', 'add items');
    const stray = api.extensionAt(items)?.get('log');
    if (stray) unsupported(stray, 'one element cannot be logged alone', 'write log on the array');
    const element = read(items);
    if (element?.nullable)
      return unsupported(items, 'an element of a set cannot be null', 'make it not nullable');
    return element && { kind: 'Set', of: element.type };
  }

  function record(schema: Place): ValueType {
    const additional = schema.get('additionalProperties');
    if (additional && additional.value !== false) {
      unsupported(
        additional,
        'Cedar has no maps with keys of any name',
        'list the properties, or leave it out',
      );
    }
    const { properties, required } = objectShape(schema, report);
    if (properties.size === 0) unsupported(schema, 'this object has no properties', LEAVE_OUT);
    const attributes = [...properties].flatMap(([name, property]) => {
      const attribute = readAttribute(property, required.has(name));
      return attribute ? [[name, attribute] as const] : [];
    });
    return { kind: 'Record', attributes: Object.fromEntries(attributes) };
  }

  /** One property as an attribute. `required`: whether the schema around it lists it. */
  function readAttribute(property: Place, required: boolean): Attribute | undefined {
    const value = read(property);
    if (!value) return undefined;
    const log = [property, property.target()].some((place) =>
      flagOf(api.extensionAt(place)?.get('log'), report),
    );
    const description = property.get('description') ?? property.target().get('description');
    return {
      type: value.type,
      required: required && !value.nullable,
      ...(log && { log }),
      ...(typeof description?.value === 'string' && { description: description.value.trim() }),
    };
  }

  const unsupported = (place: Place, message: string, remedy: string): undefined =>
    report(place.site, 'UNSUPPORTED_TYPE', message, remedy);

  return { readType: (schema: Place) => read(schema)?.type, readAttribute };
}

const COMBINING = ['allOf', 'oneOf', 'anyOf'];

const LEAVE_OUT = 'leave it out of the attributes, or describe it more exactly';

/** Other formats (uuid, email, date, …) only narrow what the text may be. */
const STRING_FORMATS = new Map<unknown, 'datetime' | 'decimal' | 'ipaddr'>([
  ['date-time', 'datetime'],
  ['decimal', 'decimal'],
  ['ipv4', 'ipaddr'],
  ['ipv6', 'ipaddr'],
]);

/** OpenAPI 3.0 says `nullable: true`, 3.1 `type: [string, 'null']`. */
const isNullable = (schema: Place): boolean =>
  schema.get('nullable')?.value === true ||
  (schema.get('type')?.items() ?? []).some(({ value }) => value === 'null');

/** The one type that a schema names or, saying none, makes plain by its other keywords. */
function typeName(schema: Place): string | undefined {
  const type = schema.get('type');
  if (typeof type?.value === 'string') return type.value;
  const types = (type?.items() ?? []).map(({ value }) => String(value)).filter((name) => name !== 'null');
  if (type) return types.length === 1 ? types[0] : `[${types.join(', ')}]`;
  if (schema.get('properties')) return 'object';
  if (schema.get('items')) return 'array';
  const values = [...(schema.get('enum')?.items() ?? []), schema.get('const')].flatMap((place) =>
    place && place.value !== null ? [place.value] : [],
  );
  const kinds = new Set(values.map((value) => (Number.isInteger(value) ? 'integer' : typeof value)));
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

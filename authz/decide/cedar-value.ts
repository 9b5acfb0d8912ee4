import type { EntityUid } from '../../cedar/ast.ts';
import type { Attribute, ValueType } from '../../cedar/model.ts';
import { isObject } from '../item-shape.ts';
import type { CedarJson } from './decider.ts';
import { extensionValue } from './extension-literal.ts';

/** Names the entity that an attribute refers to by its id. */
export type Refer = (type: string, id: string) => EntityUid;

/**
 * A value in Cedar's JSON form, exactly of the type that the model gives it; undefined when it is of another. Nothing
 * is converted: without a schema at run time a string "1" would silently differ from the number 1.
 */
export function cedarValue(type: ValueType, value: unknown, refer: Refer): CedarJson | undefined {
  if (type.kind === 'Long') return isLong(value) ? value : undefined;
  if (type.kind === 'Bool') return typeof value === 'boolean' ? value : undefined;
  if (type.kind === 'Record') return isObject(value) ? cedarRecord(type.attributes, value, refer) : undefined;
  if (type.kind === 'Set') {
    if (!Array.isArray(value)) return undefined;
    const members = value.map((member) => cedarValue(type.of, member, refer));
    return members.every((member) => member !== undefined) ? members : undefined;
  }
  if (typeof value !== 'string') return undefined;
  if (type.kind === 'String') return value;
  return type.kind === 'Entity'
    ? { __entity: { ...refer(type.name, value) } }
    : extensionValue(type.kind, value);
}

const isLong = (value: unknown): value is number => Number.isSafeInteger(value);

function cedarRecord(
  attributes: Readonly<Record<string, Attribute>>,
  values: Readonly<Record<string, unknown>>,
  refer: Refer,
): CedarJson | undefined {
  const record: Record<string, CedarJson> = {};
  for (const [name, { type, required }] of Object.entries(attributes)) {
    const given = Object.hasOwn(values, name) ? values[name] : undefined;
    if (given === undefined && !required) continue;
    const value = cedarValue(type, given, refer);
    if (value === undefined) return undefined;
    record[name] = value;
  }
  return record;
}

/** A value that arrives as text, in a header or a query string. Sets, records and entities have no text form. */
export function cedarValueOfText(type: ValueType, text: string, refer: Refer): CedarJson | undefined {
  switch (type.kind) {
    case 'Long':
      return /^(?:0|-?[1-9]\d{0,15})$/.test(text) ? cedarValue(type, Number(text), refer) : undefined;
    case 'Bool':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    case 'Set':
    case 'Record':
    case 'Entity':
      return undefined;
    default:
      return cedarValue(type, text, refer);
  }
}

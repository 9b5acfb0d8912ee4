import type { EntityUid } from '../../cedar/ast.ts';
import type { CedarJson } from '../../cedar/engine.ts';
import { isJson, type Json } from '../aws/input.ts';
import { invalid } from './errors.ts';
import { checkText, readText, type Field } from './fields.ts';

/** @throws AwsError ValidationException, as do all below */
export function readEntity(input: Json, path: string): EntityUid {
  return {
    type: readText(input, 'entityType', 'entityType', `${path}.`),
    id: readText(input, 'entityId', 'entityId', `${path}.`),
  };
}

/** Attribute values in the service's own form, a union of one member each: `{ long: 5 }`. */
export function readAttributes(value: unknown, path: string): Readonly<Record<string, CedarJson>> {
  if (value === undefined || value === null) return {};
  if (!isJson(value)) throw invalid(path, `${path} must be an object`);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, readAttribute(one, `${path}.${name}`)]),
  );
}

function readAttribute(value: unknown, path: string): CedarJson {
  // Clients leave the members that are not chosen out, or send them as null.
  const members = isJson(value) ? Object.entries(value).filter(([, one]) => one !== null) : [];
  const [member] = members;
  if (!member || members.length > 1) throw invalid(path, `${path} must have exactly one member`);
  const [kind, inner] = member;
  switch (kind) {
    case 'boolean':
      if (typeof inner === 'boolean') return inner;
      throw invalid(path, `${path} must be true or false`);
    case 'string':
      if (typeof inner === 'string') return inner;
      throw invalid(path, `${path} must be a string`);
    case 'long':
      if (typeof inner === 'number' && Number.isSafeInteger(inner)) return inner;
      throw invalid(path, `${path} is no integer that JSON carries exactly`);
    case 'entityIdentifier':
      if (!isJson(inner)) throw invalid(path, `${path} must be an object`);
      return { __entity: { ...readEntity(inner, path) } };
    case 'set':
      if (!Array.isArray(inner)) throw invalid(path, `${path} must be a list`);
      return inner.map((one, index) => readAttribute(one, `${path}[${index}]`));
    case 'record':
      return readAttributes(inner, path);
    case 'ipaddr':
      return extension('ip', kind, inner, path);
    case 'decimal':
    case 'datetime':
    case 'duration':
      return extension(kind, kind, inner, path);
    default:
      throw invalid(path, `${path} has no known type`);
  }
}

const extension = (fn: string, field: Field, value: unknown, path: string): CedarJson => ({
  __extn: { fn, arg: checkText(field, value, path) },
});

/** A value that came in Cedar's own JSON form. */
export function checkCedarJson(value: unknown, path: string): CedarJson {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (Array.isArray(value)) return value.map((one, index) => checkCedarJson(one, `${path}[${index}]`));
  if (isJson(value)) return checkCedarRecord(value, path);
  throw invalid(path, `${path} is no value of Cedar, or a number that JSON does not carry exactly`);
}

export function checkCedarRecord(value: unknown, path: string): Readonly<Record<string, CedarJson>> {
  if (!isJson(value)) throw invalid(path, `${path} must be an object`);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, checkCedarJson(one, `${path}.${name}`)]),
  );
}

/** Text of Cedar's JSON form, as `cedarJson` carries it. */
export function parseCedarJson(value: unknown, path: string): unknown {
  if (typeof value !== 'string') throw invalid(path, `${path} must be a string`);
  try {
    return JSON.parse(value);
  } catch {
    throw invalid(path, `${path} is not JSON`);
  }
}

import type { EntityUid } from '../../../cedar/ast.ts';
import { longJson } from '../../../cedar/exact-long.ts';
import type { ValueType } from '../../../cedar/model.ts';
import type { CedarJson } from '../../../cedar/request.ts';
import { describe } from '../../policy/describe.ts';
import { nearest, RequestMistake } from './mistake.ts';

/** Names an entity of the tenant under test by unqualified type and id. */
export type Refer = (type: string, id: string) => EntityUid;

/** Attribute -> its type, and what it is where a test does not say. */
export type Declared = Readonly<
  Record<string, { readonly type: ValueType; readonly required: boolean; readonly otherwise?: unknown }>
>;

const CONSTRUCTORS = {
  ipaddr: 'ip',
  decimal: 'decimal',
  datetime: 'datetime',
  duration: 'duration',
} as const;
const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A value in Cedar's JSON form, exactly of the type that the model gives it. Texts of extension types are the engine's
 * to judge. `where`: its name in a message.
 * @throws RequestMistake
 */
export function cedarValue(type: ValueType, value: unknown, where: string, refer: Refer): CedarJson {
  const wrong = (wanted: string): RequestMistake =>
    new RequestMistake('TEST_VALUE', `${where} is ${describe(value)}`, `give ${wanted}`);
  switch (type.kind) {
    case 'Long':
      return longJson(longOf(value, wrong));
    case 'Bool':
      if (typeof value !== 'boolean') throw wrong('true or false');
      return value;
    case 'Set':
      if (!Array.isArray(value)) throw wrong('an array');
      return value.map((member, index) => cedarValue(type.of, member, `${where}[${index}]`, refer));
    case 'Record':
      if (!isRecord(value)) throw wrong('an object');
      return cedarRecord(type.attributes, value, where, refer);
    default:
      if (typeof value !== 'string')
        throw wrong(type.kind === 'Entity' ? `the id of a ${type.name}` : 'a string');
      if (type.kind === 'String') return value;
      return type.kind === 'Entity'
        ? { __entity: { ...refer(type.name, value) } }
        : { __extn: { fn: CONSTRUCTORS[type.kind], arg: value } };
  }
}

function longOf(value: unknown, wrong: (wanted: string) => RequestMistake): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value !== 'bigint' || value < MIN_LONG || value > MAX_LONG) {
    throw wrong('an integer of 64 bits, as a bigint (1n) past 2^53');
  }
  return value;
}

/** All attributes of something, none missing and none that it does not have. @throws RequestMistake */
export function cedarRecord(
  declared: Declared,
  given: Readonly<Record<string, unknown>>,
  where: string,
  refer: Refer,
): Record<string, CedarJson> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(declared, name));
  if (unknown !== undefined) {
    throw new RequestMistake(
      'TEST_ATTRIBUTE',
      `${where} has no "${unknown}"`,
      nearest(unknown, Object.keys(declared)),
    );
  }
  const values: [string, CedarJson][] = [];
  for (const [name, { type, required, otherwise }] of Object.entries(declared)) {
    const value = (Object.hasOwn(given, name) ? given[name] : undefined) ?? otherwise;
    if (value !== undefined) values.push([name, cedarValue(type, value, `${where}.${name}`, refer)]);
    else if (required) {
      throw new RequestMistake(
        'TEST_ATTRIBUTE',
        `${where} is given no "${name}", which it always has`,
        'give it',
      );
    }
  }
  return Object.fromEntries(values);
}

import { jsonList, optionalText, text, type Json } from '../../aws/input.ts';
import { invalidParameter } from '../errors.ts';
import type { User, UserPool } from '../pool.ts';
import type { AttributeSchema } from './schema.ts';

type Values = ReadonlyMap<string, string>;

/** Reads `[{ Name, Value }]`. */
export const readValues = (input: Json, parameter: string): Values =>
  new Map(jsonList(input, parameter).map((one) => [text(one, 'Name'), optionalText(one, 'Value') ?? '']));

/** All attributes of a user, `sub` first, as the service tells them. */
export const toWire = ({
  sub,
  attributes,
}: User): readonly { readonly Name: string; readonly Value: string }[] =>
  [['sub', sub] as const, ...attributes].map(([Name, Value]) => ({ Name, Value }));

/** @throws AwsError InvalidParameterException */
export function checkValues({ attributes }: Pick<UserPool, 'attributes'>, values: Values): void {
  for (const [name, value] of values) checkValue(attributes.get(name), name, value);
}

/**
 * Checks the attributes of a new user.
 * @throws AwsError InvalidParameterException
 */
export function checkNew({ attributes }: UserPool, values: Values): void {
  checkValues({ attributes }, values);
  for (const { name, required } of attributes.values()) {
    if (required && !values.has(name))
      throw invalidParameter(`Attributes did not conform to the schema: ${name}: The attribute is required`);
  }
}

/**
 * Checks a change of attributes. What is immutable has been so since the user was made.
 * @throws AwsError InvalidParameterException
 */
export function checkChange({ attributes }: UserPool, values: Values): void {
  for (const [name, value] of values) {
    const schema = attributes.get(name);
    checkValue(schema, name, value);
    if (!schema?.mutable) throw invalidParameter(`user.${name}: Attribute cannot be updated.`);
  }
}

function checkValue(schema: AttributeSchema | undefined, name: string, value: string): void {
  if (!schema) throw invalidParameter(`user.${name}: Attribute does not exist in the schema.`);
  if (!fits(schema, value))
    throw invalidParameter(`Attributes did not conform to the schema: ${name}: Invalid value`);
}

function fits({ type, min = -Infinity, max = Infinity }: AttributeSchema, value: string): boolean {
  switch (type) {
    case 'Boolean':
      return value === 'true' || value === 'false';
    case 'Number':
      return /^-?\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
    case 'DateTime':
      return !Number.isNaN(Date.parse(value));
    default:
      return value.length >= min && value.length <= max;
  }
}

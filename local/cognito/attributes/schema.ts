import { jsonList, optionalFlag, optionalJson, optionalText, text, type Json } from '../../aws/input.ts';
import { invalidParameter } from '../errors.ts';
import { oneOf, refuseOthers } from '../fields.ts';

export interface AttributeSchema {
  /** As users carry it: `email`, `custom:tenant_id`. */
  readonly name: string;
  readonly type: 'String' | 'Number' | 'DateTime' | 'Boolean';
  readonly mutable: boolean;
  readonly required: boolean;
  /** Characters of a string; the value of a number. */
  readonly min?: number;
  readonly max?: number;
}

/** The standard attributes of OpenID Connect, which every pool has (Cognito Developer Guide, "User attributes"). */
const STANDARD = [
  'name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture',
  'website', 'email', 'gender', 'birthdate', 'zoneinfo', 'locale', 'phone_number', 'address',
] as const; // prettier-ignore
const MAX_CUSTOM = 50;
const CUSTOM_NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u;
const LONGEST = 2048;

const standard = (name: string, type: AttributeSchema['type'] = 'String'): AttributeSchema => ({
  name,
  type,
  mutable: true,
  required: false,
  ...(type === 'String' && { min: 0, max: LONGEST }),
});

const STANDARD_ATTRIBUTES: readonly AttributeSchema[] = [
  ...STANDARD.map((name) => standard(name)),
  standard('email_verified', 'Boolean'),
  standard('phone_number_verified', 'Boolean'),
  standard('updated_at', 'Number'),
];

/** Whether every client may read and write an attribute unless it says otherwise. */
export const isStandard = (name: string): boolean => STANDARD_ATTRIBUTES.some((one) => one.name === name);

/**
 * The attributes of a pool, from the `Schema` of its creation.
 * @throws AwsError InvalidParameterException
 */
export function readSchema(input: Json): ReadonlyMap<string, AttributeSchema> {
  const attributes = new Map(STANDARD_ATTRIBUTES.map((one) => [one.name, one]));
  const stated = jsonList(input, 'Schema').map(readAttribute);
  if (stated.filter(({ name }) => name.startsWith('custom:')).length > MAX_CUSTOM)
    throw invalidParameter(`A user pool may have at most ${MAX_CUSTOM} custom attributes`);
  for (const attribute of stated) attributes.set(attribute.name, attribute);
  return attributes;
}

function readAttribute(input: Json): AttributeSchema {
  refuseOthers(
    input,
    [
      'Name',
      'AttributeDataType',
      'Mutable',
      'Required',
      'StringAttributeConstraints',
      'NumberAttributeConstraints',
    ],
    'Schema.',
  );
  const name = text(input, 'Name');
  const custom = !isStandard(name);
  if (custom && !CUSTOM_NAME.test(name))
    throw invalidParameter('The name of a custom attribute has 1 to 20 characters and no spaces');
  const required = optionalFlag(input, 'Required') ?? false;
  if (custom && required) throw invalidParameter('Required custom attributes are not supported currently.');
  const type =
    oneOf(
      optionalText(input, 'AttributeDataType'),
      ['String', 'Number', 'DateTime', 'Boolean'],
      'AttributeDataType',
    ) ?? 'String';
  return {
    name: custom ? `custom:${name}` : name,
    type,
    // Custom attributes are mutable unless they say otherwise (API Reference, SchemaAttributeType).
    mutable: optionalFlag(input, 'Mutable') ?? true,
    required,
    ...(type === 'String' && bounds(input, 'StringAttributeConstraints', 'MinLength', 'MaxLength', LONGEST)),
    ...(type === 'Number' && bounds(input, 'NumberAttributeConstraints', 'MinValue', 'MaxValue')),
  };
}

/** Written as strings, whatever they bound. */
function bounds(
  input: Json,
  constraints: string,
  low: string,
  high: string,
  highest?: number,
): { readonly min?: number; readonly max?: number } {
  const given = optionalJson(input, constraints) ?? {};
  const [min, max] = [optionalText(given, low), optionalText(given, high)].map((bound) =>
    bound === undefined ? undefined : Number(bound),
  );
  if (Number.isNaN(min) || Number.isNaN(max)) throw invalidParameter(`${constraints} must be numbers`);
  const top = max ?? highest;
  return { ...(min !== undefined && { min }), ...(top !== undefined && { max: top }) };
}

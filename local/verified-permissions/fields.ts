import { isJson, type Json } from '../aws/input.ts';
import { invalid } from './errors.ts';

interface TextLimits {
  readonly min?: number;
  readonly max: number;
  readonly pattern?: RegExp;
}

const ID: TextLimits = { min: 1, max: 200, pattern: /^[a-zA-Z0-9-/_]*$/ };

/** Length in characters and pattern of each field (Verified Permissions API Reference). */
const FIELDS = {
  policyStoreId: ID,
  policyId: ID,
  clientToken: { min: 1, max: 64, pattern: /^[a-zA-Z0-9-]*$/ },
  policyName: { max: 150, pattern: /^(name\/[a-zA-Z0-9-/_]+)?$/ },
  description: { max: 150 },
  statement: { min: 1, max: Infinity },
  schema: { min: 1, max: Infinity },
  entityType: { min: 1, max: 200 },
  entityId: { min: 1, max: 612 },
  actionType: { min: 1, max: 200, pattern: /Action$|^.+::Action/ },
  actionId: { min: 1, max: 512 },
  nextToken: { min: 1, max: 8000, pattern: /^[A-Za-z0-9-_=+/.]*$/ },
  resourceArn: { min: 1, max: 2500, pattern: /^arn:[^:]*:[^:]*:[^:]*:[^:]*:.*$/ },
  identitySourceId: { min: 1, max: 200, pattern: /^[a-zA-Z0-9-]*$/ },
  userPoolArn: {
    min: 1,
    max: 255,
    pattern: /^arn:[a-zA-Z0-9-]+:cognito-idp:[a-zA-Z0-9-]+:\d{12}:userpool\/[\w-]+_[0-9a-zA-Z]+$/,
  },
  clientId: { min: 1, max: 255 },
  groupEntityType: { min: 1, max: 200, pattern: /^([_a-zA-Z]\w*::)*[_a-zA-Z]\w*$/ },
  token: { min: 1, max: 131_072, pattern: /^[\w-]+\.[\w-]+\.[\w-]+$/ },
  tagKey: { min: 1, max: 128 },
  tagValue: { max: 256 },
  decimal: { min: 3, max: 23, pattern: /^-?\d{1,15}\.\d{1,4}$/ },
  datetime: {
    min: 10,
    max: 28,
    pattern: /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{3})?(Z|[+-]\d{4}))?$/,
  },
  duration: { min: 2, max: 100, pattern: /^-?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/ },
  ipaddr: { min: 1, max: 44, pattern: /^[0-9a-fA-F.:/]*$/ },
} as const satisfies Readonly<Record<string, TextLimits>>;

export type Field = keyof typeof FIELDS;

/** @throws AwsError ValidationException, as do all below */
export function checkText(field: Field, value: unknown, path: string): string {
  const { min = 0, max, pattern }: TextLimits = FIELDS[field];
  if (typeof value !== 'string') throw invalid(path, `${path} must be a string`);
  if (value.length < min || value.length > max)
    throw invalid(path, `${path} must have ${min} to ${max} characters`);
  if (pattern && !pattern.test(value)) throw invalid(path, `${path} must match ${pattern.source}`);
  return value;
}

/** @param prefix of the field's path, with its dot */
export const readText = (input: Json, name: string, field: Field, prefix = ''): string =>
  checkText(field, input[name] ?? missing(prefix + name), prefix + name);

export const readOptionalText = (
  input: Json,
  name: string,
  field: Field,
  prefix = '',
): string | undefined => {
  const value = input[name] ?? undefined;
  return value === undefined ? undefined : checkText(field, value, prefix + name);
};

export const readObject = (input: Json, name: string, prefix = ''): Json =>
  readOptionalObject(input, name, prefix) ?? missing(prefix + name);

export function readOptionalObject(input: Json, name: string, prefix = ''): Json | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || isJson(value)) return value;
  throw invalid(prefix + name, `${prefix}${name} must be an object`);
}

/** An absent list is an empty one. */
export function readObjects(input: Json, name: string, max: number, prefix = ''): readonly Json[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value) || !value.every(isJson))
    throw invalid(prefix + name, `${prefix}${name} must be a list of objects`);
  if (value.length > max) throw invalid(prefix + name, `${prefix}${name} may have at most ${max} entries`);
  return value;
}

export function readChoice<T extends string>(
  input: Json,
  name: string,
  choices: readonly T[],
  prefix = '',
): T | undefined {
  const value = input[name] ?? undefined;
  const found = choices.find((choice) => choice === value);
  if (value !== undefined && found === undefined)
    throw invalid(prefix + name, `${prefix}${name} must be one of ${choices.join(', ')}`);
  return found;
}

export function missing(path: string): never {
  throw invalid(path, `${path} is missing`);
}

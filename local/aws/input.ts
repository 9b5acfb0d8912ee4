import { AwsError } from './service.ts';

/** A JSON object that somebody else wrote: a client's request, or the inputs of a resource. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws AwsError ValidationException, as do all below, when the member is missing or of another type */
export function text(input: Json, name: string): string {
  return optionalText(input, name) ?? missing(name);
}

export function optionalText(input: Json, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
  throw invalid(name, 'a string');
}

export function optionalNumber(input: Json, name: string): number | undefined {
  const value = input[name];
  if (value === undefined || value === null || typeof value === 'number') return value ?? undefined;
  throw invalid(name, 'a number');
}

export function optionalFlag(input: Json, name: string): boolean | undefined {
  const value = input[name];
  if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
  throw invalid(name, 'true or false');
}

export function json(input: Json, name: string): Json {
  return optionalJson(input, name) ?? missing(name);
}

export function optionalJson(input: Json, name: string): Json | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (isJson(value)) return value;
  throw invalid(name, 'an object');
}

/** An absent list is an empty one. */
export function jsonList(input: Json, name: string): readonly Json[] {
  const value = input[name] ?? [];
  if (Array.isArray(value) && value.every(isJson)) return value;
  throw invalid(name, 'a list of objects');
}

/** An absent list is an empty one. */
export function textList(input: Json, name: string): readonly string[] {
  const value = input[name] ?? [];
  if (Array.isArray(value) && value.every((one): one is string => typeof one === 'string')) return value;
  throw invalid(name, 'a list of strings');
}

function missing(name: string): never {
  throw new AwsError('ValidationException', `The parameter ${name} is missing`);
}

const invalid = (name: string, wanted: string): AwsError =>
  new AwsError('ValidationException', `The parameter ${name} is not ${wanted}`);

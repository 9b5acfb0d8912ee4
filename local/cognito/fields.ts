import type { Json } from '../aws/input.ts';
import { invalidParameter } from './errors.ts';

/**
 * Refuses what the embedded cloud would otherwise ignore.
 * @throws AwsError InvalidParameterException
 */
export function refuseOthers(input: Json, known: readonly string[], where = ''): void {
  const other = Object.keys(input).find((name) => !known.includes(name) && input[name] !== undefined);
  if (other !== undefined)
    throw invalidParameter(`The embedded cloud does not know the parameter ${where}${other}`);
}

/** @throws AwsError InvalidParameterException */
export function oneOf<T extends string>(
  value: string | undefined,
  choices: readonly T[],
  name: string,
): T | undefined {
  const found = choices.find((choice) => choice === value);
  if (value !== undefined && found === undefined)
    throw invalidParameter(`${name} must be one of ${choices.join(', ')}`);
  return found;
}

/** @throws AwsError InvalidParameterException */
export function within(value: number, min: number, max: number, name: string): number {
  if (!Number.isInteger(value) || value < min || value > max)
    throw invalidParameter(`${name} must be a whole number from ${min} to ${max}`);
  return value;
}

/** Names of users and groups (Cognito API Reference). */
const NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/** @throws AwsError InvalidParameterException */
export function checkName(value: string, parameter: string): string {
  if (!NAME.test(value)) throw invalidParameter(`${parameter} must have 1 to 128 characters and no spaces`);
  return value;
}

import { readFileSync } from 'node:fs';
import type { Model } from '../cedar/model.ts';

/**
 * A setting that a handler cannot do without.
 * @throws Error naming the variable, at cold start: before the first request rather than during one.
 */
export function requiredEnv(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}

/**
 * A whole number from the environment, in the unit that the name says.
 * @throws Error when it is set to anything else.
 */
export function numberEnv(name: string, absent: number): number {
  const value = process.env[name];
  if (value === undefined) return absent;
  if (!/^\d{1,9}$/.test(value))
    throw new Error(`the environment variable ${name} is '${value}', not a number`);
  return Number(value);
}

/**
 * The vocabulary of the API, which lies beside the bundle (`MODEL_FILE` overrides).
 * @throws Error when the file is missing or is no JSON.
 */
export function readModelFile(): Model {
  const file = process.env['MODEL_FILE'] ?? new URL('./model.json', import.meta.url);
  const model: Model = JSON.parse(readFileSync(file, 'utf8'));
  return model;
}

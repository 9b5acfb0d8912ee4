import type { Json } from '../aws/input.ts';
import { invalid } from './errors.ts';

/** @throws AwsError ValidationException for a part of the service that is not emulated */
export function refuseInput(input: Json, ...names: readonly string[]): void {
  const given = names.find((name) => input[name] !== undefined && input[name] !== null);
  if (given !== undefined) throw invalid(given, `the embedded cloud does not know ${given}`);
}

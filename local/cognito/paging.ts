import { optionalNumber, optionalText, type Json } from '../aws/input.ts';
import { pageAfter, type Page } from '../aws/page.ts';
import { invalidParameter } from './errors.ts';
import { within } from './fields.ts';

/** Entries of a page at most, and without a limit (Cognito API Reference). */
const PAGE = 60;

/**
 * @param names of the parameters that limit a page and continue a listing: they differ by operation
 * @throws AwsError InvalidParameterException
 */
export function page<T extends { readonly sequence: number }>(
  list: string,
  entries: Iterable<T>,
  input: Json,
  names: { readonly limit: string; readonly token: string },
): Page<T> {
  // A limit of zero is no limit.
  const size = within(optionalNumber(input, names.limit) || PAGE, 1, PAGE, names.limit);
  const found = pageAfter(list, entries, size, optionalText(input, names.token));
  if (!found) throw invalidParameter(`Invalid ${names.token}`);
  return found;
}

import type { Json } from '../aws/input.ts';
import { pageAfter, type Page } from '../aws/page.ts';
import { invalid } from './errors.ts';
import { readOptionalText } from './fields.ts';

/** Verified Permissions API Reference: entries of a page without and with `maxResults`. */
const DEFAULT_PAGE = 10;
const MAX_PAGE = 50;

/** @throws AwsError ValidationException for a size out of range, or a token of another list */
export function page<T extends { readonly sequence: number }>(
  list: string,
  entries: Iterable<T>,
  input: Json,
): Page<T> {
  const token = readOptionalText(input, 'nextToken', 'nextToken');
  const found = pageAfter(list, entries, pageSize(input), token);
  if (!found) throw invalid('nextToken', 'nextToken is not one of this list');
  return found;
}

function pageSize(input: Json): number {
  const size = input['maxResults'] ?? DEFAULT_PAGE;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > MAX_PAGE)
    throw invalid('maxResults', `maxResults must be 1 to ${MAX_PAGE}`);
  return size;
}

import type { Json } from '../aws/input.ts';
import { invalid } from './errors.ts';
import { readOptionalText } from './fields.ts';

/** Verified Permissions API Reference: entries of a page without and with `maxResults`. */
const DEFAULT_PAGE = 10;
const MAX_PAGE = 50;

export interface Page<T> {
  readonly entries: readonly T[];
  /** Absent on the last page. */
  readonly nextToken?: string;
}

/**
 * One page, in the order of creation. A token names the list and the last entry given out, so that entries deleted or
 * added between two pages make neither gaps nor repetitions.
 * @param list what is listed: a token of one list is refused for another
 * @throws AwsError ValidationException
 */
export function page<T extends { readonly sequence: number }>(
  list: string,
  entries: Iterable<T>,
  input: Json,
): Page<T> {
  const after = readToken(list, input);
  const size = pageSize(input);
  const rest = [...entries]
    .filter(({ sequence }) => sequence > after)
    .toSorted((a, b) => a.sequence - b.sequence);
  const shown = rest.slice(0, size);
  const last = shown.at(-1);
  return {
    entries: shown,
    ...(last && rest.length > size && { nextToken: writeToken(list, last.sequence) }),
  };
}

function pageSize(input: Json): number {
  const size = input['maxResults'] ?? DEFAULT_PAGE;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > MAX_PAGE)
    throw invalid('maxResults', `maxResults must be 1 to ${MAX_PAGE}`);
  return size;
}

const writeToken = (list: string, sequence: number): string =>
  Buffer.from(JSON.stringify([list, sequence])).toString('base64url');

function readToken(list: string, input: Json): number {
  const token = readOptionalText(input, 'nextToken', 'nextToken');
  if (token === undefined) return -1;
  const [, sequence] =
    /^\[".*",(\d+)\]$/.exec(Buffer.from(token, 'base64url').toString()) ?? ([] as string[]);
  if (sequence === undefined || writeToken(list, Number(sequence)) !== token)
    throw invalid('nextToken', 'nextToken is not one of this list');
  return Number(sequence);
}

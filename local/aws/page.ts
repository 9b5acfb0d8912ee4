export interface Page<T> {
  readonly entries: readonly T[];
  /** Absent on the last page. */
  readonly nextToken?: string;
}

/**
 * One page of a listing, in the order of creation. A token names the list and the last entry given out, so that
 * entries deleted or added between two pages make neither gaps nor repetitions.
 * @param list what is listed: a token of one list is none of another
 * @returns undefined when the token is none of this list
 */
export function pageAfter<T extends { readonly sequence: number }>(
  list: string,
  entries: Iterable<T>,
  size: number,
  token: string | undefined,
): Page<T> | undefined {
  const after = token === undefined ? -1 : readToken(list, token);
  if (after === undefined) return undefined;
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

const writeToken = (list: string, sequence: number): string =>
  Buffer.from(JSON.stringify([list, sequence])).toString('base64url');

function readToken(list: string, token: string): number | undefined {
  const [, digits] = /,(\d+)\]$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  const sequence = Number(digits);
  return digits !== undefined && writeToken(list, sequence) === token ? sequence : undefined;
}

import type { Place } from '../document/place.ts';
import type { Api } from './api.ts';
import { expectKeys, flagOf } from './fields.ts';
import type { PathItem, WrittenOperation } from './path-items.ts';

/** What `x-authz` says of one operation. */
export interface OperationWords {
  /** The operation's own word, else its path's. */
  readonly get: (word: string) => Place | undefined;
  /** Behind this gateway there is no such operation. */
  readonly isOmitted: boolean;
  /** It needs no token and no permission. */
  readonly isPublic: boolean;
}

const SHARED_WORDS = ['principals', 'resource', 'groups', 'context', 'sensitive', 'public', 'omit'];

/** The words of a path hold for all of its operations. @returns the words of each, by the name of its action */
export function wordsOfPath(api: Api, item: PathItem): Map<string, OperationWords> {
  const [place, ...referred] = item.parts;
  const inherited = [
    api.extensionAt(place ?? item.place),
    ...referred.map((part) => api.extensionAt(part)),
  ].filter((words) => words !== undefined);
  for (const words of inherited) {
    expectKeys(words, SHARED_WORDS, api.report);
    reportIdle(api, words, words);
  }
  return new Map(
    item.operations.map((operation) => [operation.action, wordsOf(api, operation, inherited)] as const),
  );
}

function wordsOf(api: Api, { action, entry }: WrittenOperation, inherited: readonly Place[]): OperationWords {
  const { report } = api;
  const own = api.extensionAt(entry.value, api.overlay?.ofOperation(action));
  if (own) expectKeys(own, [...SHARED_WORDS, 'op'], report);
  const get = (word: string): Place | undefined =>
    [own, ...inherited].map((words) => words?.get(word)).find((found) => found !== undefined);
  const words = {
    get,
    isOmitted: flagOf(get('omit'), report),
    isPublic: flagOf(get('public'), report),
  };
  if (own) reportIdle(api, own, words);
  return words;
}

/** Reports what stands beside `public` or `omit` in the same place: no policy sees such an operation. */
function reportIdle({ report }: Api, words: Place, { get }: Pick<OperationWords, 'get'>): void {
  const excluding = ['omit', 'public'].find((word) => get(word)?.value === true);
  if (excluding === undefined) return;
  for (const { key, keySite } of words.entries()) {
    if (key === 'omit' || key === 'public') continue;
    const what = excluding === 'omit' ? 'an operation that is left out' : 'a public operation';
    report(
      keySite,
      'BAD_VALUE',
      `${key} has no effect on ${what}, which no policy sees`,
      `drop ${key} or ${excluding}`,
    );
  }
}

import type { Place } from '../document/place.ts';
import type { Api } from './api.ts';
import { entriesOf, expectKeys, flagOf, suggest, textOf } from './fields.ts';
import type { PathItem, WrittenOperation } from './path-items.ts';
import { parametersIn } from './paths.ts';

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

/** What `x-authz` says of a path. */
export interface PathWords {
  /** Its words hold for all of its operations: those of each, by the name of its action. */
  readonly operations: ReadonlyMap<string, OperationWords>;
  /** Other names for parameters: the document's name -> the gateway's. */
  readonly names: ReadonlyMap<string, string>;
}

export function wordsOfPath(api: Api, item: PathItem): PathWords {
  const [place, ...referred] = item.parts;
  const inherited = [
    api.extensionAt(place ?? item.place),
    ...referred.map((part) => api.extensionAt(part)),
  ].filter((words) => words !== undefined);
  for (const words of inherited) {
    expectKeys(words, [...SHARED_WORDS, 'rename'], api.report);
    reportIdle(api, words, words);
  }
  const operations = item.operations.map(
    (operation) => [operation.action, wordsOf(api, operation, inherited)] as const,
  );
  return {
    operations: new Map(operations),
    names: new Map(inherited.flatMap((words) => renames(api, item, words))),
  };
}

/** `rename: { user_id: username }` */
function renames({ report }: Api, { path }: PathItem, words: Place): [string, string][] {
  const known = new Set(parametersIn(path));
  return entriesOf(words.get('rename'), report).flatMap(({ key, keySite, value }): [string, string][] => {
    const name = textOf(value, report);
    if (!known.has(key)) {
      report(keySite, 'UNKNOWN_NAME', `"${key}" is no parameter of ${path}`, suggest(key, known));
    }
    return name === undefined ? [] : [[key, name]];
  });
}

function wordsOf(api: Api, { action, entry }: WrittenOperation, inherited: readonly Place[]): OperationWords {
  const { report } = api;
  const own = api.extensionAt(entry.value, api.overlay?.ofOperation(action));
  if (own) expectKeys(own, [...SHARED_WORDS, 'op'], report);
  const get = (word: string): Place | undefined =>
    own?.get(word) ??
    (SHARED_WORDS.includes(word) ? inherited : [])
      .map((words) => words.get(word))
      .find((found) => found !== undefined);
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
    if (key === 'omit' || key === 'public' || key === 'rename') continue;
    const what = excluding === 'omit' ? 'an operation that is left out' : 'a public operation';
    report(
      keySite,
      'BAD_VALUE',
      `${key} has no effect on ${what}, which no policy sees`,
      `drop ${key} or ${excluding}`,
    );
  }
}

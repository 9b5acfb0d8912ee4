import { isDeepStrictEqual } from 'node:util';
import { isJson } from '../aws/input.ts';
import type { Properties, ResourceHandler } from '../program/resource.ts';

export interface Difference {
  readonly changed: readonly string[];
  /** Those of them that make a new resource. */
  readonly replaces: readonly string[];
  /** Whether the old one must go first, because both would have one name. */
  readonly deleteFirst: boolean;
}

/**
 * Compares what was asked for with what is asked for. After a refresh, what was asked for is what was found, so that a
 * change made by hand is a difference too.
 */
export function difference(handler: ResourceHandler, before: Properties, now: Properties): Difference {
  const names = new Set([...named(before), ...named(now)]);
  const changed = [...names].filter((name) => !isSame(before[name], now[name])).toSorted();
  const replaces = changed.filter((name) => handler.replaceOn.includes(name));
  const keepsName = now['name'] !== undefined && before['name'] === now['name'];
  return { changed, replaces, deleteFirst: replaces.length > 0 && keepsName };
}

/** The engine keeps notes of its own among the inputs. */
export const named = (properties: Properties): string[] =>
  Object.keys(properties).filter((name) => !name.startsWith('__') && properties[name] !== undefined);

const isSame = (before: unknown, now: unknown): boolean => isDeepStrictEqual(identity(before), identity(now));

/** Of an archive the content counts, wherever it lies. */
const identity = (value: unknown): unknown =>
  isJson(value) && 'fileArchive' in value && 'hash' in value ? value['hash'] : value;

import { SourceMap, type SourceMapPayload } from 'node:module';
import type { Site } from '../../cedar/ast.ts';
import { MalformedError } from './reading.ts';

/** The place in the source of a place in a bundle; nothing if the bundle does not have it from there. */
export type Original = (site: Site) => Site | undefined;

/**
 * Reads a bundle's source map. `name`: the file name of its stack frames. Only places in `folder` count: others are
 * the language's own, or were made up by what ran.
 */
export function originalPlaces(map: string, name: string, folder: string): Original {
  const payload: SourceMapPayload = JSON.parse(map);
  const sourceMap = new SourceMap(payload);
  return ({ file, line, column }) => {
    if (file !== name) return undefined;
    const entry = sourceMap.findEntry(line - 1, column - 1);
    if (!('originalSource' in entry) || !entry.originalSource.startsWith(`${folder}/`)) return undefined;
    return { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  };
}

/** The place of the first stack frame that is in the folder. */
export function placeInStack(stack: string, original: Original): Site | undefined {
  for (const [, file = '', line, column] of stack.matchAll(/^ +at (?:.*\()?(.+?):(\d+):(\d+)\)?$/gm)) {
    const site = original({ file, line: Number(line), column: Number(column) });
    if (site) return site;
  }
  return undefined;
}

/** Builders nest a few dozen levels; data that nests without end would overflow the stack of its reader. */
const DEEPEST = 2_000;

/**
 * Policies as JSON data with all their places in the source. `fallback`: for places that are not there. The data is as
 * yet unread, so anything else in it stays as it is.
 */
export function relocate(json: unknown, original: Original, fallback: Site, depth = 0): unknown {
  if (depth > DEEPEST) throw new MalformedError('the data', `data of at most ${DEEPEST} levels`);
  const inner = (value: unknown): unknown => relocate(value, original, fallback, depth + 1);
  if (Array.isArray(json)) return json.map(inner);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]: [string, unknown]) =>
      key === 'at' && isSite(value) ? [key, original(value) ?? fallback] : [key, inner(value)],
    ),
  );
}

/** Whether data is a place; one without a line is of a call that nothing written made. */
const isSite = (value: unknown): value is Site =>
  typeof value === 'object' &&
  value !== null &&
  'file' in value &&
  typeof value.file === 'string' &&
  'line' in value &&
  Number.isSafeInteger(value.line) &&
  'column' in value &&
  Number.isSafeInteger(value.column);

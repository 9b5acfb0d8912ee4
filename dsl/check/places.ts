import { SourceMap, type SourceMapPayload } from 'node:module';
import type { Policy, Site } from '../../cedar/ast.ts';

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

/** A policy with all its places in the source. `fallback`: for those that have none there. */
export function relocate(policy: Policy, original: Original, fallback: Site): Policy {
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]: [string, unknown]) =>
      key === 'at' ? [key, original(inner as Site) ?? fallback] : [key, moved(inner)],
    );
    return Object.freeze(Object.fromEntries(entries));
  };
  return moved(policy) as Policy;
}

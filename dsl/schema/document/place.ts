import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Site } from '../../../cedar/ast.ts';
import type { SourceFile } from './source-file.ts';

/** A value of an API document and where it stands. YAML aliases are followed, `$ref` only by `target`. */
export interface Place {
  /** Equal for two places exactly when they are the same text of the same file. */
  readonly id: string;
  readonly site: Site;
  readonly kind: 'map' | 'list' | 'scalar';
  /** Of a scalar. */
  readonly value: unknown;
  /** Of a list; empty for anything else. */
  readonly items: () => readonly Place[];
  /** Of a map, in the order of the file; empty for anything else. */
  readonly entries: () => readonly Entry[];
  readonly get: (key: string) => Place | undefined;
  /** What the place's `$ref` names, be it a reference again; undefined without one. */
  readonly next: () => Place | undefined;
  /** What the place's `$ref` leads to, at the end of any chain; the place itself without one. */
  readonly target: () => Place;
}

export interface Entry {
  readonly key: string;
  readonly keySite: Site;
  readonly value: Place;
}

/** Finds what a `$ref` written in `from` means: the place that it names, or what is at the end of the chain. */
export type Follow = (reference: string, from: SourceFile, at: Site, how: 'one step' | 'to the end') => Place;

/** Lazy throughout, because an alias may lead back to what contains it. */
export function placeOf(written: unknown, file: SourceFile, follow: Follow): Place {
  const node = nodeOf(written, file);
  const offset = node?.range?.[0] ?? 0;
  const entries = once(() => (isMap(node) ? entriesOf(node, file, follow) : []));
  const byKey = once(() => new Map(entries().map(({ key, value }) => [key, value])));
  const place: Place = {
    id: `${file.path}#${offset}`,
    site: file.siteAt(offset),
    kind: isMap(node) ? 'map' : isSeq(node) ? 'list' : 'scalar',
    value: isScalar(node) ? node.value : undefined,
    items: once(() => (isSeq(node) ? node.items.map((item) => placeOf(item, file, follow)) : [])),
    entries,
    get: (key) => byKey().get(key),
    next: once(() => {
      const reference = place.get('$ref');
      if (typeof reference?.value !== 'string') return undefined;
      return follow(reference.value, file, reference.site, 'one step');
    }),
    target: once(() => {
      const reference = place.get('$ref');
      if (typeof reference?.value !== 'string') return place;
      return follow(reference.value, file, reference.site, 'to the end');
    }),
  };
  return place;
}

/** What `<<` brings in stands behind the map's own keys and yields to them, as in YAML 1.1: many documents use it. */
function entriesOf({ items }: YAMLMap, file: SourceFile, follow: Follow): Entry[] {
  const entries = new Map<string, Entry>();
  for (const pair of items.filter((item) => !isMerge(item))) {
    const entry = entryOf(pair, file, follow);
    entries.set(entry.key, entry);
  }
  for (const pair of items.filter(isMerge)) {
    const { value } = entryOf(pair, file, follow);
    for (const source of value.kind === 'list' ? value.items() : [value]) {
      for (const entry of source.entries()) if (!entries.has(entry.key)) entries.set(entry.key, entry);
    }
  }
  return [...entries.values()];
}

/** Only the plain word is one; in quotes it is a key like any other. */
const isMerge = ({ key }: Pair): boolean => isScalar(key) && typeof key.value === 'symbol';

function entryOf({ key, value }: Pair, file: SourceFile, follow: Follow): Entry {
  const name = nodeOf(key, file);
  return {
    key: isScalar(name) ? String(name.value) : '',
    keySite: file.siteAt(name?.range?.[0] ?? 0),
    value: placeOf(value, file, follow),
  };
}

function nodeOf(written: unknown, { yaml }: SourceFile): Node | undefined {
  if (isAlias(written)) return written.resolve(yaml);
  return isNode(written) ? written : undefined;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

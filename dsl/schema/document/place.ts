import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';
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
  /** What the place's `$ref` leads to, at the end of any chain; the place itself without one. */
  readonly target: () => Place;
}

export interface Entry {
  readonly key: string;
  readonly keySite: Site;
  readonly value: Place;
}

/** Finds what a `$ref` written in `from` means. */
export type Follow = (reference: string, from: SourceFile, at: Site) => Place;

/** Lazy throughout, because an alias may lead back to what contains it. */
export function placeOf(written: unknown, file: SourceFile, follow: Follow): Place {
  const node = nodeOf(written, file);
  const offset = node?.range?.[0] ?? 0;
  const entries = once(() => (isMap(node) ? node.items.map((pair) => entryOf(pair, file, follow)) : []));
  const byKey = once(() => new Map(entries().map(({ key, value }) => [key, value])));
  const place: Place = {
    id: `${file.path}#${offset}`,
    site: file.siteAt(offset),
    kind: isMap(node) ? 'map' : isSeq(node) ? 'list' : 'scalar',
    value: isScalar(node) ? node.value : undefined,
    items: once(() => (isSeq(node) ? node.items.map((item) => placeOf(item, file, follow)) : [])),
    entries,
    get: (key) => byKey().get(key),
    target: () => {
      const reference = place.get('$ref');
      return typeof reference?.value === 'string' ? follow(reference.value, file, reference.site) : place;
    },
  };
  return place;
}

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

import type { Site } from '../../../cedar/ast.ts';
import type { Entry, Place } from '../document/place.ts';

/** One path of the document, with what its `$ref` brings in. */
export interface PathItem {
  readonly path: string;
  readonly keySite: Site;
  /** As it stands under `paths`. */
  readonly place: Place;
  /** The place and what it refers to: words of either hold. */
  readonly parts: readonly Place[];
  readonly operations: readonly WrittenOperation[];
}

export interface WrittenOperation {
  readonly method: string;
  /** `GET /orders/{id}` */
  readonly action: string;
  readonly entry: Entry;
}

/** Fixed fields of a Path Item Object (OpenAPI 3.1, section 4.8.9) that are operations. */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** All paths, in the order of the document. */
export function pathItemsOf(root: Place): PathItem[] {
  const paths = (root.get('paths')?.entries() ?? []).filter(({ key }) => !key.startsWith('x-'));
  return paths.map(({ key: path, keySite, value: place }) => {
    const parts = chainOf(place);
    const operations = parts
      .flatMap((part) => part.entries())
      .filter(({ key }) => METHODS.includes(key))
      .map((entry) => {
        const method = entry.key.toUpperCase();
        return { method, action: `${method} ${path}`, entry };
      });
    return { path, keySite, place, parts, operations };
  });
}

/** A place, what it refers to, what that refers to, and so on. */
export function chainOf(place: Place): Place[] {
  const chain: Place[] = [];
  for (let part: Place | undefined = place; part; part = part.next()) chain.push(part);
  return chain;
}

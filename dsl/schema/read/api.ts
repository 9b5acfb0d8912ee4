import type { Site } from '../../../cedar/ast.ts';
import type { Place } from '../document/place.ts';
import type { Report } from '../document/report.ts';

/** The extension of the specification under which everything here is written. */
export const X_AUTHZ = 'x-authz';

/** One API document being read. */
export interface Api {
  readonly root: Place;
  readonly report: Report;
  /** The `x-authz` at a place. What is never asked for is a mistake of its author, see unread-extensions.ts. */
  readonly extensionAt: (place: Place) => Place | undefined;
  readonly wasRead: (extension: Place) => boolean;
}

export function openApi(root: Place, report: Report): Api {
  const read = new Set<string>();
  return {
    root,
    report,
    extensionAt: (place) => {
      const extension = place.get(X_AUTHZ);
      if (extension) read.add(extension.id);
      return extension;
    },
    wasRead: (extension) => read.has(extension.id),
  };
}

/** Names that the document declares, before any use of one is read. */
export interface Names {
  readonly principalTypes: ReadonlySet<string>;
  /** Without `Endpoint`, which no document declares. */
  readonly entityTypes: ReadonlySet<string>;
  readonly actionGroups: ReadonlySet<string>;
  /** Schemas that are entity types: id of the place -> name. */
  readonly entitySchemas: ReadonlyMap<string, string>;
}

/** Something named, and where. */
export interface Declared<T> {
  readonly site: Site;
  readonly value: T;
}

import type { Place } from '../document/place.ts';
import type { Report } from '../document/report.ts';
import { merged, type OnBoth } from './merged.ts';
import type { Overlay } from './overlay.ts';

/** The extension of the specification under which everything here is written. */
export const X_AUTHZ = 'x-authz';

/** One API document being read. */
export interface Api {
  readonly root: Place;
  readonly report: Report;
  /** What is said of the document beside it. */
  readonly overlay: Overlay | undefined;
  /** Whether keywords beside a `$ref` hold: in 3.0 they are ignored (Reference Object). */
  readonly siblingsHold: boolean;
  /**
   * The `x-authz` at a place, the overlay's words for it included; `more`: further words of the overlay. What is never
   * asked for is a mistake of its author, see unread-extensions.ts.
   */
  readonly extensionAt: (place: Place, more?: Place) => Place | undefined;
  /** The same without asking for it. */
  readonly glanceAt: (place: Place) => Place | undefined;
  readonly wasRead: (extension: Place) => boolean;
}

export function openApi(root: Place, report: Report, overlay?: Overlay): Api {
  const read = new Set<string>();
  const sources = (place: Place, more?: Place): Place[] =>
    [place.get(X_AUTHZ), overlay?.of(place), more].filter((words) => words !== undefined);
  const onBoth: OnBoth = ({ keySite: { file, line } }, { key, keySite }) =>
    report(keySite, 'SAID_TWICE', `"${key}" is said in ${file}:${line} too`, 'say it in one of the two');
  const together = (all: readonly Place[]): Place | undefined =>
    all.length === 0 ? undefined : all.reduce((first, second) => merged(first, second, onBoth));
  return {
    root,
    report,
    overlay,
    siblingsHold: !String(root.get('openapi')?.value).startsWith('3.0'),
    extensionAt: (place, more) => {
      const all = sources(place, more);
      for (const words of all) read.add(words.id);
      return together(all);
    },
    glanceAt: (place) => together(sources(place)),
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

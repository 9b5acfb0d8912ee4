import type { Entry, Place } from '../document/place.ts';
import type { Api } from './api.ts';
import { entriesOf, expectKeys, suggest } from './fields.ts';
import { without } from './merged.ts';
import { pathItemsOf } from './path-items.ts';
import { objectShape, type Schema } from './schema-shape.ts';

/** The words of `x-authz` for a document that is not edited for it: a file of its own, keyed by name. */
export interface Overlay {
  /** For the top of the document, a path, a component schema or a property. */
  readonly of: (place: Place) => Place | undefined;
  /** For an operation, by the name of its action: other paths may refer to the same one. */
  readonly ofOperation: (action: string) => Place | undefined;
  /** All of them: each must mean something where it stands. */
  readonly all: readonly Place[];
}

/** What the document's own `x-authz` at its top may hold. */
export const TOP_WORDS = ['namespace', 'principals', 'groups', 'actionGroups', 'actions'];
const SECTIONS = ['components', 'paths', 'operations'];

/** Finds what each part of an overlay is about. @param api the document without it. @param top of the overlay's file */
export function readOverlay(api: Api, top: Place): Overlay {
  const { root, report } = api;
  expectKeys(top, [...TOP_WORDS, ...SECTIONS], report);
  const byPlace = new Map<string, Place>([[root.id, without(top, SECTIONS)]]);
  const byAction = new Map<string, Place>();

  const attach = ({ id }: Place, words: Place): void => {
    if (words.entries().length === 0) return;
    const other = byPlace.get(id);
    if (other) {
      const { file, line } = other.site;
      const message = `${file}:${line} is about the same schema`;
      report(words.site, 'SAID_TWICE', message, 'say it in one of the two');
    }
    byPlace.set(id, words);
  };

  function attachSchema(schema: Schema, words: Place): void {
    const [place] = schema;
    if (place) attach(place, without(words, ['properties']));
    const properties = words.get('properties');
    if (!properties) return;
    const shape = objectShape(api, schema);
    const known = new Map([...shape.properties].map(([name, [property]]) => [name, property ?? []]));
    for (const [property, entry] of matched(properties, known, 'property of this schema')) {
      attachSchema(property, entry.value);
    }
  }

  /** Entries with what they are about; unknown names are reported. */
  function matched<T>(section: Place | undefined, known: ReadonlyMap<string, T>, what: string): [T, Entry][] {
    return entriesOf(section, report).flatMap((entry): [T, Entry][] => {
      const subject = known.get(entry.key);
      if (subject !== undefined) return [[subject, entry]];
      const message = `"${entry.key}" is no ${what}`;
      report(entry.keySite, 'UNKNOWN_NAME', message, suggest(entry.key, known.keys()));
      return [];
    });
  }

  const schemas = root.get('components')?.get('schemas')?.entries() ?? [];
  const components = new Map(schemas.map(({ key, value }) => [key, value.target()]));
  for (const [schema, { value }] of matched(top.get('components'), components, 'component schema')) {
    attachSchema([schema], value);
  }
  const items = pathItemsOf(root);
  const paths = new Map(items.map(({ path, place }) => [path, place]));
  for (const [place, { value }] of matched(top.get('paths'), paths, 'path of the document')) {
    attach(place, value);
  }
  const operations = new Map(items.flatMap((item) => item.operations.map(({ action }) => [action, action])));
  for (const [action, { value }] of matched(top.get('operations'), operations, 'operation of the document')) {
    byAction.set(action, value);
  }
  return {
    of: ({ id }) => byPlace.get(id),
    ofOperation: (action) => byAction.get(action),
    all: [...byPlace.values(), ...byAction.values()],
  };
}

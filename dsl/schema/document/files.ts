import path from 'node:path';
import type { Site } from '../../../cedar/ast.ts';
import { ProblemsError } from '../../check/problem.ts';
import { type Follow, type Place, placeOf } from './place.ts';
import { readSourceFile, type SourceFile, sourceFileOf } from './source-file.ts';
import { walk } from './walk.ts';

/** The files of one API document, read as references lead to them. */
export interface Files {
  /** The top of the document. */
  readonly root: Place;
  /** The main file, as it was read. */
  readonly main: SourceFile;
  /** The tops of all files that were read so far. */
  readonly roots: () => readonly Place[];
  /** The references so far that name an anchor, and where they stand. */
  readonly anchors: () => ReadonlyMap<string, Site>;
}

/** @param main absolute path. @throws ProblemsError from here and from every `target()`, for what cannot be read. */
export function openFiles(main: string): Files {
  const files = new Map<string, { readonly file: SourceFile; readonly root: Place }>();
  const open = (absolute: string, from?: Site): { readonly file: SourceFile; readonly root: Place } => {
    const known = files.get(absolute);
    if (known) return known;
    const file = readSourceFile(absolute, from);
    const opened = { file, root: placeOf(file.yaml.contents, file, follow) };
    files.set(absolute, opened);
    return opened;
  };

  const anchors = new Map<string, Site>();
  /** References being followed right now: one that comes up again leads only to itself. */
  const active = new Set<string>();
  const follow: Follow = (reference, from, at, how) => {
    const { file, fragment } = partsOf(reference, at);
    const absolute = file === '' ? from.path : path.resolve(path.dirname(from.path), file);
    const key = `${absolute}#${fragment}`;
    if (active.has(key)) throw badReference(at, `"${reference}" leads back to itself`);
    active.add(key);
    try {
      const { root } = open(absolute, at);
      const place = isPointer(fragment) ? pointed(root, fragment) : anchored(root, fragment);
      if (!place) throw badReference(at, `"${reference}" leads to nothing`);
      if (!isPointer(fragment)) anchors.set(reference, at);
      return how === 'one step' ? place : place.target();
    } finally {
      active.delete(key);
    }
  };

  const opened = open(main);
  return {
    root: opened.root,
    main: opened.file,
    roots: () => [...files.values()].map(({ root }) => root),
    anchors: () => anchors,
  };
}

const partOf = (place: Place, name: string): Place | undefined =>
  place.kind === 'list' ? place.items()[Number(name)] : place.get(name);

/** The top of a text that is in no file. @param absolute the path that it would have. @throws ProblemsError */
export function openText(text: string, absolute: string): Place {
  const file = sourceFileOf(text, absolute);
  return placeOf(file.yaml.contents, file, (reference, _from, at) => {
    throw badReference(at, `"${reference}" cannot be followed from here`);
  });
}

/** RFC 6901, in the URI form of its section 6. */
const isPointer = (fragment: string): boolean => fragment === '' || fragment.startsWith('/');

function pointed(root: Place, pointer: string): Place | undefined {
  let place: Place | undefined = root;
  for (const segment of pointer.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    // In 3.1 a schema with a $ref may have parts of its own beside it.
    place = partOf(place, name) ?? partOf(place.target(), name);
    if (!place) return undefined;
  }
  return place;
}

/** The only schema of a file that gives itself this name: JSON Schema 2020-12, section 8.2.2. */
function anchored(root: Place, name: string): Place | undefined {
  const found: Place[] = [];
  walk([root], (place) => {
    if (['$anchor', '$dynamicAnchor'].some((word) => place.get(word)?.value === name)) found.push(place);
    return undefined;
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The file of a reference and what is named in it. */
function partsOf(reference: string, at: Site): { readonly file: string; readonly fragment: string } {
  if (/^[a-z][a-z0-9+.-]+:/i.test(reference)) throw badReference(at, `"${reference}" leads over the network`);
  const [file = '', fragment = ''] = reference.split('#').map((part) => decoded(part, reference, at));
  return { file, fragment };
}

function decoded(text: string, reference: string, at: Site): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badReference(at, `"${reference}" has a malformed escape`);
  }
}

export const badReference = (site: Site, message: string): ProblemsError =>
  new ProblemsError([
    {
      site,
      code: 'BAD_REFERENCE',
      message,
      remedy: 'correct the $ref, or bundle the document into one file',
    },
  ]);

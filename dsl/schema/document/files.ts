import path from 'node:path';
import type { Site } from '../../../cedar/ast.ts';
import { ProblemsError } from '../../check/problem.ts';
import { type Follow, type Place, placeOf } from './place.ts';
import { readSourceFile, type SourceFile } from './source-file.ts';

/** The files of one API document, read as references lead to them. */
export interface Files {
  /** The top of the document. */
  readonly root: Place;
  /** The tops of all files that were read so far. */
  readonly roots: () => Place[];
}

/** @param main absolute path. @throws ProblemsError from here and from every `target()`, for what cannot be read. */
export function openFiles(main: string): Files {
  const files = new Map<string, SourceFile>();
  const open = (absolute: string, from?: Site): SourceFile => {
    const file = files.get(absolute) ?? readSourceFile(absolute, from);
    files.set(absolute, file);
    return file;
  };
  const rootOf = (file: SourceFile): Place => placeOf(file.yaml.contents, file, follow);

  /** References being followed right now: one that comes up again leads only to itself. */
  const active = new Set<string>();
  const follow: Follow = (reference, from, at) => {
    if (/^[a-z]+:\/\//i.test(reference)) throw badReference(at, `"${reference}" leads over the network`);
    const [relative = '', pointer = ''] = reference.split('#');
    const absolute =
      relative === '' ? from.path : path.resolve(path.dirname(from.path), decodeURIComponent(relative));
    const key = `${absolute}#${pointer}`;
    if (active.has(key)) throw badReference(at, `"${reference}" leads back to itself`);
    active.add(key);
    try {
      let place: Place | undefined = rootOf(open(absolute, at));
      for (const name of segments(pointer)) {
        const parent: Place = place.target();
        place = parent.kind === 'list' ? parent.items()[Number(name)] : parent.get(name);
        if (!place) throw badReference(at, `"${reference}" leads to nothing`);
      }
      return place.target();
    } finally {
      active.delete(key);
    }
  };

  return { root: rootOf(open(main)), roots: () => [...files.values()].map(rootOf) };
}

/** RFC 6901, in the URI form of its section 6. */
const segments = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~'));

const badReference = (site: Site, message: string): ProblemsError =>
  new ProblemsError([
    {
      site,
      code: 'BAD_REFERENCE',
      message,
      remedy: 'correct the $ref, or bundle the document into one file',
    },
  ]);

import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesOfDocument } from '../../dsl/schema/document/file-list.ts';
import { AUTHZ_FILE } from '../../dsl/schema/read-model.ts';

/** An API document as a project has it. */
export interface DocumentCopy {
  /** The main file, from the project's folder. */
  readonly main: string;
  /** Absolute path -> path from the project's folder. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Where the files of a document go: below `api/`, laid out as they are, so that their references still hold; with them
 * the words of `x-authz` that lie beside the main one.
 * @throws ProblemsError when one cannot be read, or a reference leads nowhere
 */
export function documentCopy(api: string): DocumentCopy {
  const main = path.resolve(api);
  const beside = path.join(path.dirname(main), AUTHZ_FILE);
  const all = [...filesOfDocument(main), ...(existsSync(beside) ? [beside] : [])];
  const top = commonFolder(all);
  const target = (file: string): string => ['api', ...path.relative(top, file).split(path.sep)].join('/');
  return { main: target(main), files: new Map(all.map((file) => [file, target(file)])) };
}

/** The deepest folder that all files are in or below. */
function commonFolder(files: readonly string[]): string {
  const folders = files.map((file) => path.dirname(file).split(path.sep));
  const [first = []] = folders;
  const differs = first.findIndex((part, index) => folders.some((folder) => folder[index] !== part));
  return (differs < 0 ? first : first.slice(0, differs)).join(path.sep) || path.sep;
}

import path from 'node:path';
import { openFiles } from './files.ts';
import { followAll } from './references.ts';

/**
 * Absolute paths of all files of an API document, the main one first.
 * @throws ProblemsError when one cannot be read, or a reference leads nowhere
 */
export function filesOfDocument(api: string): readonly string[] {
  const files = openFiles(path.resolve(api));
  followAll(files.root);
  return files.roots().map(({ site }) => path.resolve(site.file));
}

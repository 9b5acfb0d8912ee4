import path from 'node:path';
import { ProblemsError } from '../../check/problem.ts';
import { type Files, openFiles } from './files.ts';
import type { Place } from './place.ts';
import { followAll } from './references.ts';
import { validateDocument } from './validate.ts';

/**
 * Opens an OpenAPI document (3.0 or 3.1, YAML or JSON, any number of files).
 * @throws ProblemsError when it is no such document, violates its specification, or refers to nothing
 */
export async function openDocument(file: string): Promise<Files> {
  const files = openFiles(path.resolve(file));
  checkVersion(files.root);
  followAll(files.root);
  await validateDocument(files);
  return files;
}

function checkVersion(root: Place): void {
  const version = root.get('openapi');
  if (/^3\.[01]\.\d+$/.test(String(version?.value))) return;
  throw new ProblemsError([
    {
      site: version?.site ?? root.site,
      code: 'UNSUPPORTED_VERSION',
      message: 'this is no OpenAPI document of version 3.0 or 3.1',
      remedy: 'write openapi: 3.1.0, or convert the document',
    },
  ]);
}

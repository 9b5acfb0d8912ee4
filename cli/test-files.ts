import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Expected } from './fail.ts';

const FOLDER = 'test/policies';
const TEST_FILE = /\.test\.[cm]?[jt]s$/;

/**
 * The files that a person names, or all policy tests of the project, sorted.
 * @throws Expected when there are none
 */
export async function testFiles(root: string, named: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    (named.length > 0 ? named : [FOLDER]).map((name) => filesAt(path.resolve(root, name))),
  );
  const files = [...new Set(found.flat())].sort();
  if (files.length > 0) return files;
  throw new Expected(
    `there is no policy test in ${named.join(', ') || FOLDER} — write one: npx cedarwright test --help shows how`,
  );
}

async function filesAt(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => undefined);
  if (!found) {
    // The folder of a project without tests is told as what it is.
    if (place.endsWith(path.normalize(FOLDER))) return [];
    throw new Expected(`${place} is not there`);
  }
  if (!found.isDirectory()) return [place];
  const names = await readdir(place, { recursive: true });
  return names.filter((name) => TEST_FILE.test(name)).map((name) => path.join(place, name));
}

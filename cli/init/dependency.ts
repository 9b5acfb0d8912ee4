import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What a new project's package.json says of this package: the version that runs now where npm installed it, else the
 * folder that it runs from, which npm links.
 */
export async function dependencyOf(project: string): Promise<string> {
  if (!PACKAGE.split(path.sep).includes('node_modules'))
    return `file:${path.relative(path.resolve(project), PACKAGE).replaceAll('\\', '/')}`;
  const { version }: { version: string } = JSON.parse(
    await readFile(path.join(PACKAGE, 'package.json'), 'utf8'),
  );
  return version;
}

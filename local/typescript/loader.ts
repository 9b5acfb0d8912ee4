import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Arguments that teach a Node process to read TypeScript, of whatever kind a project's is. */
export const TYPESCRIPT: readonly string[] = [
  '--import',
  pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
];

/** The same for one that runs code of this package alone, in two thirds of the time that a small service takes to start. */
export const OWN_TYPESCRIPT: readonly string[] = ['--import', new URL('own-code.js', import.meta.url).href];

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/** Those of the two that a program needs: this package's own, as its demo is, or a project's. */
export async function typescriptFor(program: string): Promise<readonly string[]> {
  // Of a program that is not there, Node says so.
  let folder = path.dirname(await realpath(program).catch(() => program));
  while (!existsSync(path.join(folder, 'package.json')) && path.dirname(folder) !== folder) {
    folder = path.dirname(folder);
  }
  return path.relative(PACKAGE, folder) === '' ? OWN_TYPESCRIPT : TYPESCRIPT;
}

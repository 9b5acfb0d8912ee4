import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Arguments that teach a Node process to read TypeScript, of whatever kind a project's is. */
export const TYPESCRIPT: readonly string[] = [
  '--import',
  pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
];

/** The same for one that runs code of this package alone. */
export const OWN_TYPESCRIPT: readonly string[] = ['--import', new URL('own-code.js', import.meta.url).href];

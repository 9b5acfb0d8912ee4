import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Arguments that teach a Node process of ours to read TypeScript. */
export const TYPESCRIPT: readonly string[] = [
  '--import',
  pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
];

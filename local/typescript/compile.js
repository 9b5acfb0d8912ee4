import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';

const require = createRequire(import.meta.url);

/** Stands before the name of each file that was compiled here: later versions of Node read some by themselves. */
export const COMPILED = 'compiled:';

/** Whether a URL is that of a TypeScript file. */
export const isTypeScript = (/** @type {string} */ url) => /^file:[^?#]*\.ts(?:[?#]|$)/.test(url);

/**
 * Reads and compiles one file by itself, without its types; `sourcemap` leads back to it.
 * @param {string} url
 * @param {boolean} sourcemap
 * @returns {import('oxc-transform').TransformResult}
 */
export function compile(url, sourcemap) {
  const file = fileURLToPath(url);
  // Required when it is first needed, which in most processes is in the thread of module hooks alone.
  const { transformSync } = require('oxc-transform');
  return transformSync(file, readFileSync(file, 'utf8'), {
    sourcemap,
    target: 'node20',
    typescript: { onlyRemoveTypeImports: true },
  });
}

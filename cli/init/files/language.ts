import { readFile } from 'node:fs/promises';

/** Modules of this package as other packages import them: see "exports" in package.json. */
const EXPORTS: readonly (readonly [module: string, specifier: string])[] = [
  ["'./language.ts'", "'cedarwright'"],
  ["'./testing/index.ts'", "'cedarwright/testing'"],
];

/**
 * `dsl/index.ts`, which tenant files import, and `dsl/testing.ts`, which policy tests import: bound to the API as this
 * repository's own are, but for where the language comes from.
 */
export async function boundLanguage(file: 'index.ts' | 'testing.ts'): Promise<string> {
  const own = await readFile(new URL(`../../../dsl/${file}`, import.meta.url), 'utf8');
  return EXPORTS.reduce((text, [module, specifier]) => text.replaceAll(module, specifier), own);
}

import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleProblems } from '../../check/bundle-problems.ts';
import type { Bundle } from '../../check/bundle.ts';
import { REMOVED } from '../../check/language.ts';
import type { Problem } from '../../check/problem.ts';

const EXPORTS = fileURLToPath(new URL('./exports.ts', import.meta.url));

// The catch stands inside the context, so that whatever was thrown is looked at there and only text comes out.
const BEFORE = `'use strict';
for (const name of ${JSON.stringify(REMOVED)}) delete globalThis[name];
try {`;
const after = (input: unknown): string => `outcome.default(${JSON.stringify(input)});
} catch (error) {
  JSON.stringify({ threw: String(error), stack: error instanceof Error ? String(error.stack) : '' });
}`;

/**
 * Bundles any module with all that it imports, the language among it. Input: the tenant that guardrails are shown for;
 * value: what `exportsToPlain` makes of the module. Places are relative to the folder above the file's own.
 */
export async function bundleModule(file: string): Promise<Bundle | readonly Problem[]> {
  const folder = dirname(file);
  const root = dirname(folder);
  try {
    const { outputFiles } = await build({
      stdin: {
        contents: `import * as file from ${JSON.stringify(`./${basename(file)}`)};
import { exportsToPlain } from ${JSON.stringify(EXPORTS)};
export default (example) => JSON.stringify(exportsToPlain(file, example));`,
        resolveDir: folder,
        loader: 'js',
      },
      absWorkingDir: root,
      outfile: join(root, 'bundle.js'),
      write: false,
      bundle: true,
      format: 'iife',
      globalName: 'outcome',
      platform: 'neutral',
      target: 'es2023',
      sourcemap: 'external',
      sourcesContent: false,
      charset: 'utf8',
      tsconfigRaw: {},
      supported: { 'dynamic-import': false },
      banner: { js: BEFORE },
      logLevel: 'silent',
    });
    const textOf = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
    const code = textOf('.js');
    return { scriptFor: (input) => code + after(input), map: textOf('.map') };
  } catch (error) {
    return bundleProblems(error);
  }
}

import { dirname, join, relative, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundleProblems } from './bundle-problems.ts';
import { LANGUAGE } from './imports.ts';
import type { Language } from './language.ts';
import type { Problem } from './problem.ts';

/** A file and all that it imports but the language, as one script, and the way back to the sources. */
export interface Bundle {
  /** The script for an input; its value is a JSON text. Runs where the language's script has run. */
  readonly scriptFor: (input: unknown) => string;
  /** Source map version 3, as JSON. */
  readonly map: string;
}

// The catch stands inside the context, so that whatever was thrown is looked at there and only text comes out.
const BEFORE = `'use strict';
try {
if (broken) throw broken[0];`;
const after = (input: unknown): string => `outcome.default(${JSON.stringify(input)});
} catch (error) {
  JSON.stringify({ threw: String(error), stack: error instanceof Error ? String(error.stack) : '' });
}`;

/** A project as it was read: what is bundled is the text that was checked, whatever becomes of the files meanwhile. */
export interface Sources {
  readonly root: string;
  readonly language: Language;
  /** Path relative to the project -> text, of all that files may import. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Bundles a tenant file. It takes no input; its value is what `tenantToPlain` makes of it. */
export const bundleTenant = (sources: Sources, file: string): Promise<Bundle | readonly Problem[]> =>
  bundle(
    sources,
    `import file from ${JSON.stringify(`./${file}`)};
export default () => JSON.stringify(language.tenantToPlain(file));`,
  );

/** Bundles the guardrails. Input: the tenants they are for; value: `{ outcomes }`, one a tenant. */
export const bundleGuardrails = (sources: Sources, file: string): Promise<Bundle | readonly Problem[]> =>
  bundle(
    sources,
    `import file from ${JSON.stringify(`./${file}`)};
export default (tenants) =>
  JSON.stringify({ outcomes: tenants.map((tenant) => language.guardrailsToPlain(file, tenant)) });`,
  );

async function bundle(sources: Sources, entry: string): Promise<Bundle | readonly Problem[]> {
  const { root } = sources;
  try {
    const { outputFiles } = await build({
      stdin: { contents: entry, resolveDir: root, loader: 'js' },
      absWorkingDir: root,
      // Nothing is written there: sources are named relative to it.
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
      // A project's own settings must not change what its tenants mean.
      tsconfigRaw: {},
      // `import()` becomes a call of `require`, which does not exist there; Node's answer would be an object of its own.
      supported: { 'dynamic-import': false },
      banner: { js: BEFORE },
      plugins: [asRead(sources)],
      logLevel: 'silent',
    });
    const textOf = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
    const code = textOf('.js');
    return { scriptFor: (input) => code + after(input), map: textOf('.map') };
  } catch (error) {
    return bundleProblems(error);
  }
}

/**
 * Gives the bundler the texts, and in place of the language's module what the context has already: it still knows the
 * names. There is nothing else to import.
 */
const asRead = ({ root, language, texts }: Sources): Plugin => ({
  name: 'as-read',
  setup(build) {
    const spoken = language.names.map((name) => `export const ${name} = language.${name};`).join('\n');
    const contentsOf = (path: string): string | undefined => {
      const file = relative(root, path).replaceAll('\\', '/');
      return file === LANGUAGE ? spoken : texts.get(file);
    };
    build.onResolve({ filter: /^/ }, ({ path, resolveDir }) => {
      const target = resolve(resolveDir, path);
      return contentsOf(target) === undefined
        ? { errors: [{ text: `Could not resolve ${JSON.stringify(path)}` }] }
        : { path: target };
    });
    build.onLoad({ filter: /^/ }, ({ path }) => ({
      contents: contentsOf(path) ?? '',
      loader: 'ts',
      resolveDir: dirname(path),
    }));
  },
});

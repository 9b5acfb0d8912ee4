import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundleProblems } from './bundle-problems.ts';
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

/** Bundles a tenant file. It takes no input; its value is what `tenantToPlain` makes of it. */
export const bundleTenant = (
  root: string,
  file: string,
  language: Language,
): Promise<Bundle | readonly Problem[]> =>
  bundle(
    root,
    `import file from ${JSON.stringify(`./${file}`)};
export default () => JSON.stringify(language.tenantToPlain(file));`,
    language,
  );

/** Bundles the guardrails. Input: the tenants they are for; value: `{ outcomes }`, one a tenant. */
export const bundleGuardrails = (
  root: string,
  file: string,
  language: Language,
): Promise<Bundle | readonly Problem[]> =>
  bundle(
    root,
    `import file from ${JSON.stringify(`./${file}`)};
export default (tenants) =>
  JSON.stringify({ outcomes: tenants.map((tenant) => language.guardrailsToPlain(file, tenant)) });`,
    language,
  );

async function bundle(root: string, entry: string, language: Language): Promise<Bundle | readonly Problem[]> {
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
      plugins: [spoken(language)],
      logLevel: 'silent',
    });
    const textOf = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
    const code = textOf('.js');
    return { scriptFor: (input) => code + after(input), map: textOf('.map') };
  } catch (error) {
    return bundleProblems(error);
  }
}

/** Puts what the context has already in the place of the language's module: the bundler still knows its names. */
const spoken = ({ module, names }: Language): Plugin => ({
  name: 'language',
  setup(build) {
    const contents = names.map((name) => `export const ${name} = language.${name};`).join('\n');
    build.onLoad({ filter: /index\.ts$/ }, ({ path }) => (path === module ? { contents } : undefined));
  },
});

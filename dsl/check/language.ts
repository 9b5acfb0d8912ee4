import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, transform } from 'esbuild';
import { sha256Hex } from '../../cedar/hash.ts';
import { bundleProblems } from './bundle-problems.ts';
import { LANGUAGE } from './imports.ts';
import type { Problem } from './problem.ts';

/** What all files of a project speak: the language bound to its API, and what reads their default exports. */
export interface Language {
  /** What the module that tenant files import exports. */
  readonly names: readonly string[];
  /** A script that defines `language`, and `broken` if it could not: `[error]`. Runs first in every context. */
  readonly script: string;
}

const READ = fileURLToPath(new URL('../tenants/read.ts', import.meta.url));
const READERS = ['tenantToPlain', 'guardrailsToPlain'];

/** Things of JavaScript that block a thread, run code at a time of their own, or take memory that no limit counts. */
export const REMOVED = [
  'Atomics', 'SharedArrayBuffer', 'WebAssembly', 'FinalizationRegistry', 'WeakRef', 'ArrayBuffer', 'DataView',
  'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
  'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array',
]; // prettier-ignore

interface Bundled {
  readonly language: Language;
  /** Real path of each source -> hash of its text. */
  readonly sources: ReadonlyMap<string, string>;
}

/** By project, as it was bundled last. */
const bundled = new Map<string, Bundled>();

/** The language of a project, bundled anew if any of its sources has changed: 40 ms, against 3. */
export async function languageOf(root: string): Promise<Language | readonly Problem[]> {
  const before = bundled.get(root);
  if (before && (await isUnchanged(before))) return before.language;
  try {
    const now = await bundleLanguage(root);
    bundled.set(root, now);
    return now.language;
  } catch (error) {
    return bundleProblems(error);
  }
}

async function isUnchanged({ sources }: Bundled): Promise<boolean> {
  const same = await Promise.all(
    [...sources].map(async ([path, hash]) => (await hashOf(path).catch(() => undefined)) === hash),
  );
  return same.every(Boolean);
}

const hashOf = async (path: string): Promise<string> => sha256Hex(await readFile(path, 'utf8'));

/**
 * Bundles the language of a project once for all its files: it is ten times the size of a tenant, and the same script
 * object serves every context, so that V8 compiles it once. Each context evaluates it anew: what a file does to the
 * language stays in that file's context.
 */
async function bundleLanguage(root: string): Promise<Bundled> {
  const sources = new Map<string, string>();
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `export * from './${LANGUAGE}';\nexport { ${READERS.join(', ')} } from ${JSON.stringify(READ)};`,
      resolveDir: root,
      loader: 'js',
    },
    absWorkingDir: root,
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    charset: 'utf8',
    // A project's own settings must not change what its tenants mean.
    tsconfigRaw: {},
    supported: { 'dynamic-import': false },
    metafile: true,
    plugins: [remembering(sources)],
    logLevel: 'silent',
  });
  // Only of a module the exports are listed, and only a script runs in a context.
  const { code } = await transform(outputFiles[0]!.text, {
    format: 'iife',
    globalName: 'spoken',
    platform: 'neutral',
    target: 'es2023',
    charset: 'utf8',
  });
  const [output] = Object.values(metafile.outputs);
  return {
    language: {
      names: output!.exports.filter((name) => !READERS.includes(name)),
      script: `'use strict';
for (const name of ${JSON.stringify(REMOVED)}) delete globalThis[name];
let language, broken;
try {
${code}language = spoken;
} catch (error) {
  broken = [error];
}`,
    },
    sources,
  };
}

/** Reads the sources for the bundler, so that what is hashed is what was bundled. */
const remembering = (hashes: Map<string, string>): Plugin => ({
  name: 'remembering',
  setup(build) {
    build.onLoad({ filter: /^/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8');
      hashes.set(path, sha256Hex(contents));
      return { contents, loader: 'default' };
    });
  },
});

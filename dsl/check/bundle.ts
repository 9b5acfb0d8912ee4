import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildFailure, type Message } from 'esbuild';
import type { Problem } from './problem.ts';

/** A file and all that it imports as one script, and the way back to the sources. */
export interface Bundle {
  /** The script for an input; its value is a JSON text. */
  readonly scriptFor: (input: unknown) => string;
  /** Source map version 3, as JSON. */
  readonly map: string;
}

const READ = fileURLToPath(new URL('../tenants/read.ts', import.meta.url));

/** Things of the language that block a thread, run code at a time of their own, or take memory that no limit counts. */
const REMOVED = [
  'Atomics', 'SharedArrayBuffer', 'WebAssembly', 'FinalizationRegistry', 'WeakRef', 'ArrayBuffer', 'DataView',
  'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
  'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array',
]; // prettier-ignore

// The catch stands inside the context, so that whatever was thrown is looked at there and only text comes out.
const BEFORE = `'use strict';
for (const name of ${JSON.stringify(REMOVED)}) delete globalThis[name];
try {`;
const after = (input: unknown): string => `outcome.default(${JSON.stringify(input)});
} catch (error) {
  JSON.stringify({ threw: String(error), stack: error instanceof Error ? String(error.stack) : '' });
}`;

/** Bundles a tenant file. It takes no input; its value is what `tenantToPlain` makes of it. */
export const bundleTenant = (root: string, file: string): Promise<Bundle | readonly Problem[]> =>
  bundle(
    root,
    `import { tenantToPlain } from ${JSON.stringify(READ)};
import file from ${JSON.stringify(`./${file}`)};
export default () => JSON.stringify(tenantToPlain(file));`,
  );

/** Bundles the guardrails. Input: the tenants they are for; value: `{ outcomes }`, one a tenant. */
export const bundleGuardrails = (root: string, file: string): Promise<Bundle | readonly Problem[]> =>
  bundle(
    root,
    `import { guardrailsToPlain } from ${JSON.stringify(READ)};
import file from ${JSON.stringify(`./${file}`)};
export default (tenants) =>
  JSON.stringify({ outcomes: tenants.map((tenant) => guardrailsToPlain(file, tenant)) });`,
  );

async function bundle(root: string, entry: string): Promise<Bundle | readonly Problem[]> {
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
      logLevel: 'silent',
    });
    const textOf = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
    const code = textOf('.js');
    return { scriptFor: (input) => code + after(input), map: textOf('.map') };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return error.errors.map(problemOf);
  }
}

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors);

/** Columns of esbuild count bytes of UTF-8, from 0. */
function problemOf({ text, location }: Message): Problem {
  const before = Buffer.from(location?.lineText ?? '', 'utf8').subarray(0, location?.column ?? 0);
  return {
    ...(location && {
      site: { file: location.file, line: location.line, column: before.toString('utf8').length + 1 },
    }),
    code: 'NOT_LOADABLE',
    message: text,
    remedy: 'correct the name, or add what is missing',
  };
}

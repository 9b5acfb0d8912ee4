import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = 'cedarwright';
const TYPES = fileURLToPath(new URL('../policy/types.ts', import.meta.url));

/** The types and what binds them to a vocabulary, as the package has them. */
export const LANGUAGE = fileURLToPath(new URL('../language.ts', import.meta.url));

/**
 * What generated files in this folder import the language's types from: the package, in a project that depends on it,
 * installed or not yet; else the file itself, as this repository does.
 */
export async function languageModule(folder: string, file = TYPES): Promise<string> {
  if (await dependsOnUs(path.resolve(folder))) return PACKAGE;
  return path
    .relative(folder, file)
    .replaceAll('\\', '/')
    .replace(/^(?!\.)/, './');
}

/** By the package.json that holds for the folder: the nearest above it. */
async function dependsOnUs(folder: string): Promise<boolean> {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => undefined);
  if (text !== undefined) {
    const { dependencies = {}, devDependencies = {} }: Manifest = JSON.parse(text);
    return Object.hasOwn({ ...dependencies, ...devDependencies }, PACKAGE);
  }
  const above = path.dirname(folder);
  return above !== folder && dependsOnUs(above);
}

interface Manifest {
  readonly dependencies?: object;
  readonly devDependencies?: object;
}

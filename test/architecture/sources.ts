import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'oxc-transform';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the repository's root: `cedar/ast.ts`. */
  readonly file: string;
  readonly text: string;
}

/** Made by a program or by npm, or none of ours to judge. */
const NOT_OURS = new Set(['node_modules', 'coverage', 'dsl/generated']);
const PROGRAM_TEXT = /\.(?:ts|js|cjs|mjs|sql)$/;

/** Every file of program text that a person wrote, whether git knows it yet or not. */
export function handWritten(folder = ''): SourceFile[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.name.startsWith('.') || NOT_OURS.has(file)) return [];
    if (entry.isDirectory()) return handWritten(file);
    return PROGRAM_TEXT.test(file) ? [{ file, text: readFileSync(path.join(ROOT, file), 'utf8') }] : [];
  });
}

/** What a file imports in any form, types included: files of ours from the root, else the package. */
export function importsOf({ file, text }: SourceFile): string[] {
  if (file.endsWith('.sql')) return [];
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith('.') ? path.posix.join(path.posix.dirname(file), fileName) : packageOf(fileName),
    );
}

/** Imports that are there at run time too. Types may refer to each other in circles: they are one thing in two files. */
export function runtimeImportsOf({ file, text }: SourceFile): string[] {
  if (!file.endsWith('.ts')) return importsOf({ file, text });
  const { code } = transformSync(file, text, { typescript: { onlyRemoveTypeImports: true } });
  return importsOf({ file, text: code });
}

/** `@pulumi/aws/lambda` -> `@pulumi/aws` */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

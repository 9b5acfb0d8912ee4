import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LRUCache } from 'lru-cache';
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { Site } from '../../../cedar/ast.ts';
import { sha256Hex } from '../../../cedar/hash.ts';
import { ProblemsError } from '../../check/problem.ts';

/** One file of an API document. JSON is read as the YAML that it is. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  readonly yaml: Document;
  readonly siteAt: (offset: number) => Site;
}

/** @throws ProblemsError when the file is missing or is no YAML. */
export function readSourceFile(absolute: string, from?: Site): SourceFile {
  return sourceFileOf(read(absolute, path.relative(process.cwd(), absolute), from), absolute);
}

/** What was read last: a command looks at a document several times, and a large one takes half a second to parse. */
const parsed = new LRUCache<string, SourceFile>({ max: 10 });

/** The same of text that is in no file, or not yet. @param absolute the path that it would have */
export function sourceFileOf(text: string, absolute: string): SourceFile {
  const file = path.relative(process.cwd(), absolute);
  const key = sha256Hex(JSON.stringify([absolute, file, text]));
  const known = parsed.get(key);
  if (known) return known;
  const read = parse(text, absolute, file);
  parsed.set(key, read);
  return read;
}

/** @param file as mistakes name it */
function parse(text: string, absolute: string, file: string): SourceFile {
  const lines = new LineCounter();
  const siteAt = (offset: number): Site => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  if (yaml.errors.length > 0) {
    throw new ProblemsError(
      yaml.errors.map(({ message, pos: [start] }) => ({
        site: siteAt(start),
        code: 'BAD_DOCUMENT',
        message: `this is no YAML: ${message}`,
        remedy: 'correct the syntax',
      })),
    );
  }
  return { path: absolute, yaml, siteAt };
}

function read(absolute: string, file: string, from: Site | undefined): string {
  try {
    return readFileSync(absolute, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ProblemsError([
      {
        ...(from && { site: from }),
        code: 'BAD_REFERENCE',
        message: `${file} cannot be read (${reason})`,
        remedy: 'name a file that exists',
      },
    ]);
  }
}

/**
 * `npm run bench`: every figure that the README quotes, measured anew. `--quick` shows only that it still works.
 * With the name of a part (`npm run bench -- compile`) that part alone.
 */
import { parseArgs } from 'node:util';
import { machine } from './machine.ts';
import type { Effort } from './samples.ts';
import { formatTable, type Table } from './table.ts';

type Part = (effort: Effort) => AsyncIterable<Table>;

/** Each loads what it needs and no more: what is loaded takes memory that is measured. */
const PARTS: Readonly<Record<string, () => Promise<Part>>> = {
  system: async () => (await import('./system.ts')).system,
  request: async () => (await import('./request/request.ts')).request,
  deploy: async () => (await import('./deploy/deploy.ts')).deploy,
  compile: async () => (await import('./compile/compile.ts')).compile,
  diff: async () => (await import('./diff.ts')).diff,
  types: async () => (await import('./types/types.ts')).types,
  up: async () => (await import('./up/up.ts')).up,
  analyze: async () => (await import('./analyze/analyze.ts')).analyze,
  editor: async () => (await import('./editor/editor.ts')).editor,
};

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [name = 'system', ...others] = positionals;
const load = PARTS[name];
if (!load || others.length > 0) {
  process.stderr.write(`npm run bench -- [${Object.keys(PARTS).join(' | ')}] [--quick]\n`);
  process.exit(2);
}

const print = (text: string): void => void process.stdout.write(`${text}\n\n`);
print(machine());
const part = await load();
try {
  for await (const table of part(values.quick ? 'quick' : 'full')) print(formatTable(table));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

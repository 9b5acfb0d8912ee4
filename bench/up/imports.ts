import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TYPESCRIPT } from '../../local/typescript/loader.ts';
import { compared, COMPARISON, type Table } from '../table.ts';
import { type Effort, sideBySide } from '../samples.ts';

const ROUNDS = { full: 9, quick: 1 };
const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const INFRA = path.join(REPOSITORY, 'infra');

/** What the provider's package costs a program before its first line runs. */
export async function imports(effort: Effort): Promise<Table> {
  const deep = await deepImports();
  const subject = (what: string, modules: readonly string[]) => ({ what, work: () => load(modules) });
  const measured = await sideBySide(
    [
      subject('the SDK alone', ['@pulumi/pulumi']),
      subject(`and ${deep.length} folders of @pulumi/aws, as here`, ['@pulumi/pulumi', ...deep]),
      subject('and all of @pulumi/aws', ['@pulumi/pulumi', '@pulumi/aws']),
    ],
    { rounds: ROUNDS[effort], warmUp: effort === 'full' ? 1 : 0 },
  );
  return {
    title: 'Loading what a program stands on, milliseconds',
    columns: [...COMPARISON],
    rows: compared(measured),
    note:
      "A new Node process each time, from its start to its end, with the program's loader of TypeScript. Ratio: to " +
      'the SDK alone.',
  };
}

/** What the program imports of the provider's package. */
async function deepImports(): Promise<readonly string[]> {
  const files = (await readdir(INFRA)).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(files.map((name) => readFile(path.join(INFRA, name), 'utf8')));
  const found = texts.flatMap((text) =>
    [...text.matchAll(/^(?!import type).*from '(@pulumi\/aws\/[^']+)'/gm)].flatMap(([, name]) => name ?? []),
  );
  return [...new Set(found)].toSorted();
}

async function load(modules: readonly string[]): Promise<void> {
  const script = modules.map((name) => `import ${JSON.stringify(name)};`).join('\n');
  await promisify(execFile)(process.execPath, [...TYPESCRIPT, '--input-type=module', '-e', script], {
    cwd: REPOSITORY,
  });
}
